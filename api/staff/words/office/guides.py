"""A guide of one page for each role: the main task, step by step, and what never to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vcs.terms import Role


@dataclass(frozen=True, slots=True)
class Guide:
    """One role's page. ``steps`` are the main task, in order; ``asked`` are questions answered."""

    who: str
    task: str
    steps: tuple[str, ...]
    never: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]


GUIDES: Mapping[str, Guide] = {
    "witness-care": Guide(
        "Witness care officer",
        "Refer the victim of each eligible sentence of your police area to Probation",
        (
            "‘Due from you’ shows the sentences that wait for you, the earliest deadline first. "
            "The deadline is 10 working days after the sentence.",
            "Open one, from there or from the link in an email. Its page says by when it is due, "
            "and what to say on the telephone, under ‘To read out’.",
            "Select ‘Refer a victim’. Give the name as the person writes it, how they can be "
            "reached safely, and what nobody must do. Only the name must be known now.",
            "If the program asks whether this is somebody it knows, look before you answer: a "
            "second record of one person means letters to an old address.",
            "If there is no victim to refer, or you cannot trace them, say so and how you know. "
            "The "
            "unit decides. The deadline still runs until it does.",
            "If something changes later, select ‘Correct what was sent’. A new address needs an "
            "answer to one question: is it safe to write there? ‘What we sent’ shows what became "
            "of everything that your unit sent.",
        ),
        (
            "Put notes in a name. ‘Mrs Jones (moved)’ is printed on an envelope. Notes have a "
            "place "
            "of their own.",
            "Say that it is safe to write to an address that you have not asked about. Leave the "
            "answer empty: nothing is sent until somebody has asked.",
            "Wait for a perfect record. Refer today what you know, and add to it tomorrow.",
        ),
        (
            (
                "The sentence that I look for is not there.",
                "The court’s message may not have come yet. Refer the victim all the same through "
                "your own system: the referral waits for its sentence. Tell the unit if the "
                "offender may be released at once.",
            ),
            (
                "I made a mistake.",
                "Select ‘Correct what was sent’. What was there before is kept, and anything on "
                "its way to a wrong address is stopped. For the wrong person, select ‘Referred "
                "by mistake’.",
            ),
        ),
    ),
    "victim-liaison-officer": Guide(
        "Victim liaison officer",
        "Reach each victim of your referrals within 20 working days, on their terms",
        (
            "Your worklist shows your own referrals, the most urgent first. Whoever may be "
            "released before the deadline comes at the top: ring first.",
            "Open the referral. The box at the top says how and when the person may be reached, "
            "and how never. It is on every form and letter too.",
            "Show the address or telephone number when you need it, and say why. Each look is "
            "recorded.",
            "Record each try: how, who, when, reached or not, and the words. A try that reached "
            "nobody is an attempt. Only a contact, or a letter that was posted, meets the duty.",
            "Or draft the first letter. The program names what is missing. You read it beside its "
            "facts, approve it, post it, and record that it was posted.",
            "Record what the person chose, in their words. Silence is not a refusal, and a choice "
            "can change at any time.",
        ),
        (
            "Write or ring in a way that the person has ruled out.",
            "Post a letter that the program has withdrawn. Its page says why, and what to do.",
            "Tell one victim of an offender and not the others.",
        ),
        (
            (
                "The letter may not go on.",
                "The page gives each reason and what to do about it. Some need a manager, or a "
                "colleague who did not begin the letter.",
            ),
            (
                "A referral that I need has no officer.",
                "Open it and take it. One of another officer is given by a manager.",
            ),
        ),
    ),
    "unit-manager": Guide(
        "Manager of a victim liaison unit",
        "See that no eligible sentence of the region goes unaccounted for",
        (
            "The number at the top is how many eligible sentences are not accounted for. Its goal "
            "is none. Select it to see which, and whose turn it is.",
            "Give each referral without an officer to one. A referral whose offender may soon be "
            "released comes first.",
            "Answer the tasks. Each says what the court said, what is asked, and what your answer "
            "will do. Nothing is withdrawn from a victim without a person’s decision.",
            "A no that the law does not give takes two managers. Propose it with a reason and a "
            "day on which it is looked at again, or read what another proposed and confirm it.",
            "Decide what witness care proposes: ‘no victim’ closes nothing until you confirm it "
            "with a reason, and it can be opened again.",
            "Where an address may be one that the court ties to the offender, compare both and "
            "decide. Until then no letter goes there.",
            "When somebody asks for contact that the law does not give, find the sentence and "
            "offer it, with who asked and why.",
        ),
        (
            "Close a referral to make the number smaller. A closed one counts by its reason.",
            "Decide about an address without having seen both.",
        ),
        (
            (
                "An alert came by email.",
                "It names the referral and no person. Sign in and open it. The alert is about a "
                "deadline that was missed, or a release that may come first.",
            ),
            (
                "I do not agree with what the law says here.",
                "Each condition shows its answer, its source and what would change it. If a fact "
                "is wrong, correct it with the court. If the rule is wrong, tell the "
                "administrator.",
            ),
        ),
    ),
    "head-of-public-protection": Guide(
        "Head of public protection",
        "See that nobody in the region is missed, and decide where a second person is wanted",
        (
            "The number at the top is how many eligible sentences of the region are not accounted "
            "for. Select it to see which, and whose turn it is.",
            "You see all that a manager of the region sees. An address or a letter opens with a "
            "reason, and that you looked is recorded.",
            "Decide what a manager proposed: that there is no victim, that two people are one, or "
            "that a letter may go to an address that the court knows.",
            "Alerts come to you where the region has no manager who may have them. Give the "
            "referral to an officer, or answer the task.",
            "‘Who may see this’ on a referral lets only named people see it. Name somebody who "
            "decides, so that nothing waits.",
        ),
        (
            "Decide alone what you proposed yourself.",
            "Leave a restricted case with one person who may leave.",
        ),
        (
            (
                "I want to write to a victim.",
                "Officers and managers of the unit do. Give the referral to an officer.",
            ),
        ),
    ),
    "unit-administrator": Guide(
        "Administrator of a victim liaison unit",
        "See that every referral has an officer, and that approved letters are posted",
        (
            "Your first page lists the referrals without an officer, the most urgent first.",
            "Open one and select ‘Assign an officer’, or give many at once under ‘Officers’. You "
            "see who gets what before anything is given.",
            "Under ‘Officers’, record who is away and who covers.",
            "To post what is approved, open ‘Print batches’ under ‘Letters’ and make one: a file "
            "for the printer with every letter that may leave. That you open it is recorded. A "
            "letter that goes alone is printed from its own page.",
            "Record that the batch left, and on which day. Pull the letters that the page names: "
            "they must not go. Only a letter that left is first contact.",
        ),
        (
            "Post a letter whose page says not to.",
            "Enter what a victim chose or how they may be reached. The officer does.",
        ),
        (
            (
                "A letter came back.",
                "Enter the reference that is printed on it under ‘Returned letters’. Letters to "
                "that address then wait, and a task says what to do next.",
            ),
        ),
    ),
    "practitioner": Guide(
        "Probation practitioner",
        "Consult the victim liaison unit before a decision about somebody in custody or on licence",
        (
            "Select ‘Consult a unit’. Enter the offender’s CRN, PNC or URN, what is to be decided, "
            "and when. With a URN give the name too: it may be of several people’s case.",
            "The page says how the unit is consulted, and by when there is an answer where there "
            "is something to answer. It is the same for everybody in custody.",
            "Ring or write to the unit of the region whose court passed the sentence. Where "
            "somebody may be released within days, ring today.",
            "On the day that was named, open ‘What you asked, and the answers’ in the menu: it "
            "holds every question of yours. What is there may be used for the decision.",
            "Record what you decide on each condition that is asked for, with the reason, and tell "
            "the unit.",
            "Take the course of your role under ‘Training’, once a year. In training there is a "
            "walk through these pages too.",
        ),
        (
            "Take the page, or that there is no answer, as a sign that there is a victim, or none.",
            "Tell the offender that you asked, or what was answered.",
        ),
        (
            (
                "Is there a victim?",
                "This service does not say. The unit answers what you need for your decision.",
            ),
            (
                "I have left the page. Where is the answer?",
                "Under ‘What you asked, and the answers’, by the reference that you gave.",
            ),
        ),
    ),
    "inspector": Guide(
        "Inspector",
        "Read the referrals of the samples that were drawn for you",
        (
            "Your first page lists your samples: of which region and period, how many referrals, "
            "who drew them and when. A sample is drawn once and stays as it is.",
            "Open a referral of a sample. Its chronology shows what was done, by when it was due, "
            "and what the law said. That you opened it is recorded.",
            "To read it without this service, select ‘Take the whole sample away’: a file that "
            "opens in a browser without a network, and is signed. That you took it is recorded.",
            "Names, addresses and what people said are left out.",
            "To choose the draw, give the manager a seed of yours: the sample shows it. Select "
            "‘All eligible sentences’ to take the list away that samples are drawn from, and draw "
            "one yourself.",
            "Measures, Delays, Certificates and the packs for police and crime commissioners are "
            "of every region. Small numbers are withheld. Take them away as files, and check a "
            "certificate with the published key.",
        ),
        ("Ask anybody to draw the same sample again: ask for a further one.",),
        (
            (
                "A referral of my sample does not open.",
                "A few cases may be seen by named people alone. Ask the manager who drew the "
                "sample.",
            ),
        ),
    ),
    "administrator": Guide(
        "Administrator",
        "See that everything the courts send is read, and let in the people who need it",
        (
            "‘Not read’ lists court messages that could not be read. Each may hold an "
            "eligible sentence. Open one: the page says why.",
            "Try it again after a correction, or enter by hand what it says: the sentence is then "
            "decided and referred like any other. Dismiss a message only when nobody in it is "
            "missed.",
            "‘Feeds’ shows which courts and programs speak as usual, and which are silent. A "
            "silent "
            "court is a sentence that nobody knows of.",
            "Add an account for each person, with one role and one region. When somebody leaves, "
            "disable the account that day: their referrals go to the managers at once.",
            "Enter how each unit is reached. Letters cannot go out without it.",
            "Answer questions about codes that no table knows, with a reason. All sentences with "
            "the code are decided again.",
        ),
        (
            "Share an account. What each person sees and does is recorded under their own name.",
            "Show a message without needing to. The reason that you give is kept.",
        ),
        (
            (
                "The program says that it does not start.",
                "It prints one sentence for each thing that is not in order. ‘vcs check’ prints "
                "them all.",
            ),
        ),
    ),
}

GUIDE_OF: Mapping[Role, str] = {
    Role.WITNESS_CARE: "witness-care",
    Role.VLO: "victim-liaison-officer",
    Role.MANAGER: "unit-manager",
    Role.HEAD: "head-of-public-protection",
    Role.UNIT_ADMINISTRATOR: "unit-administrator",
    Role.PRACTITIONER: "practitioner",
    Role.INSPECTOR: "inspector",
    Role.ADMINISTRATOR: "administrator",
}
