"""Who may use which address: one table, and what is not in it is closed.

The table says who may come to the door. What a person may see behind it (their region, their
police area) is decided with the record in hand, by ``vcs.access.rules``.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from vcs.errors import NotFound
from vcs.terms import Role

WCU, VLO, MANAGER, ADMIN = Role.WITNESS_CARE, Role.VLO, Role.MANAGER, Role.ADMINISTRATOR
HEAD, OFFICE = Role.HEAD, Role.UNIT_ADMINISTRATOR

COURT, WITNESS_CARE = "court", "witness_care"

CUSTODY, OFFENDER_MANAGER = "custody", "offender_manager"

STATIC = "/static"

WITH_A_FILE = frozenset({"/lists/new"})
"""Forms that a file is sent with."""

NOT_IN_TRAINING = frozenset({"/lists/new", "/clients/new", "/oauth2/token", "/notify/callbacks"})
"""By which other systems, and what they hold, would come in: closed where everybody is made up."""

_MACHINES = (
    "/oauth2/",
    "/court-feeds/",
    "/eligibility/",
    "/referrals/receipts/",
    "/referrals/events",
    "/custody-events",
    "/consultations",
    "/notify/",
    "/livez",
    "/readyz",
    "/metrics",
    "/info",
)

_LEDGER_AS_JSON = ("/ledger.json", "/ledger/rows.json")


@dataclass(frozen=True, slots=True)
class Rule:
    """One address.

    ``form`` marks what a browser posts, and so what must carry a form token. ``knows_reader`` marks
    a page for anyone that shows whoever is signed in their own menu and links.
    """

    method: str
    path: str
    roles: frozenset[Role] = frozenset()
    clients: frozenset[str] = frozenset()
    anyone: bool = False
    form: bool = False
    knows_reader: bool = False


def _open(path: str, method: str = "GET", *, form: bool = False) -> Rule:
    return Rule(method, path, anyone=True, form=form)


def _open_page(path: str) -> Rule:
    return Rule("GET", path, anyone=True, knows_reader=True)


def _feed(method: str, path: str) -> Rule:
    return Rule(method, path, clients=frozenset({COURT}))


def _wcu(method: str, path: str) -> Rule:
    return Rule(method, path, clients=frozenset({WITNESS_CARE}))


def _custody(method: str, path: str) -> Rule:
    return Rule(method, path, clients=frozenset({CUSTODY}))


def _page(path: str, *roles: Role) -> Rule:
    return Rule("GET", path, frozenset(roles))


def _form(path: str, *roles: Role) -> Rule:
    return Rule("POST", path, frozenset(roles), form=True)


def _both(path: str, *roles: Role) -> tuple[Rule, Rule]:
    return _page(path, *roles), _form(path, *roles)


TABLE: tuple[Rule, ...] = (
    # for anyone
    _open("/livez"),
    _open("/readyz"),
    _open("/metrics"),
    _open("/info"),
    _open_page("/accessibility"),
    _open_page("/guide/{name}"),
    _open_page("/message-standard"),
    _open_page("/recommendations"),
    _open_page("/cookies"),
    _open_page("/rules"),
    _open_page("/rules/offences"),
    _open_page("/rules/results"),
    _open_page("/check"),
    _open("/eligibility/check", "POST"),
    _open("/sign-in"),
    _open("/sign-in", "POST", form=True),
    _open("/oauth2/token", "POST"),
    _open("/certificates/key.pem"),
    _open("/certificates/keys.pem"),
    # for the courts' systems
    _feed("POST", "/court-feeds/common-platform"),
    _feed("POST", "/court-feeds/common-platform/"),
    _feed("POST", "/court-feeds/common-platform/hearing/{hearing_id}"),
    _feed("POST", "/court-feeds/common-platform/hearing/{hearing_id}/"),
    _feed("POST", "/court-feeds/common-platform/hearing/{hearing_id}/result"),
    _feed("POST", "/court-feeds/common-platform/hearing/{hearing_id}/result/"),
    _feed("POST", "/court-feeds/spi"),
    _feed("DELETE", "/court-feeds/common-platform/hearing/{hearing_id}/delete"),
    _feed("DELETE", "/court-feeds/common-platform/hearing/{hearing_id}/delete/"),
    _feed("GET", "/court-feeds/receipts/{receipt}"),
    # for witness care units' systems
    _wcu("POST", "/referrals"),
    _wcu("GET", "/referrals/receipts/{receipt}"),
    _wcu("GET", "/referrals/events"),
    # for prisons' and licence systems
    _custody("POST", "/custody-events"),
    _custody("GET", "/custody-events/receipts/{receipt}"),
    # for offender managers' systems
    Rule("POST", "/consultations", clients=frozenset({OFFENDER_MANAGER})),
    Rule("GET", "/consultations/{receipt}", clients=frozenset({OFFENDER_MANAGER})),
    # for GOV.UK Notify, with a token that it was given
    _open("/notify/callbacks", "POST"),
    # for everybody who is signed in
    _form("/sign-out", *Role),
    _form("/forms/forget", *Role),
    *_both("/account/password", *Role),
    _page("/", *Role),
    _page("/guide", *Role),
    # the email of the morning, and what is done about it
    _page("/today", VLO, MANAGER, HEAD, OFFICE, ADMIN),
    _page("/today/{matter}", VLO, MANAGER, HEAD, OFFICE, ADMIN),
    *_both("/today/{matter}/plan", VLO, MANAGER, HEAD, OFFICE, ADMIN),
    *_both("/today/{matter}/put-off", VLO, MANAGER, HEAD, OFFICE, ADMIN),
    *_both("/today/{matter}/dispute", VLO, MANAGER, HEAD, OFFICE, ADMIN),
    *_both("/today/held/{reference}", MANAGER, HEAD, ADMIN),
    *_both("/today/recall/{alert}", MANAGER, HEAD, ADMIN),
    *_both("/today/{matter}/recall", MANAGER, HEAD, ADMIN),
    _page("/today/sent", MANAGER, HEAD, ADMIN),
    _page("/today/recalled/{alert}", VLO, MANAGER, HEAD, OFFICE, ADMIN),
    *_both("/account/morning", VLO, MANAGER, HEAD, OFFICE, ADMIN),
    _page("/ladder", MANAGER, HEAD),
    *_both("/ladder/set", MANAGER, HEAD),
    _page("/worklist.csv", WCU, VLO, MANAGER, HEAD, OFFICE),
    _page("/tasks.csv", VLO, MANAGER, HEAD),
    _page("/due.ics", WCU, VLO, MANAGER, HEAD, OFFICE),
    *_both("/search", WCU, VLO, MANAGER, HEAD, OFFICE),
    *_both("/search/victims", WCU, VLO, MANAGER, HEAD),
    # witness care: one short page for each sentence, and what they sent
    _page("/witness-care/{reference}", WCU),
    *_both("/witness-care/{reference}/not-ours", WCU),
    *_both("/witness-care/{reference}/already-sent", WCU),
    *_both("/witness-care/{reference}/no-victim/take-back", WCU),
    *_both("/witness-care/{reference}/victims/{victim}/correct", WCU),
    *_both("/witness-care/{reference}/victims/{victim}/said", WCU),
    *_both("/witness-care/{reference}/victims/{victim}/take-back", WCU),
    _page("/what-we-sent", WCU),
    *_both("/what-we-sent/{message}/take-back", WCU),
    # referrals, victims, letters
    _page("/referrals/{reference}", WCU, VLO, MANAGER, HEAD, OFFICE),
    _page("/referrals/{reference}/decision", WCU, VLO, MANAGER, HEAD, OFFICE),
    _page("/referrals/{reference}/seen", MANAGER, HEAD),
    _page("/referrals/{reference}/exclusions", MANAGER, HEAD),
    *_both("/referrals/{reference}/exclusions/new", MANAGER, HEAD),
    *_both("/referrals/{reference}/exclusions/{exclusion}/lift", MANAGER, HEAD),
    _page("/referrals/{reference}/restriction", MANAGER, HEAD),
    *_both("/referrals/{reference}/restriction/new", MANAGER, HEAD),
    *_both("/referrals/{reference}/restriction/{restriction}/lift", MANAGER, HEAD),
    *_both("/referrals/{reference}/conflict", WCU, VLO, MANAGER, HEAD, OFFICE),
    *_both("/referrals/{reference}/victims/new", WCU, MANAGER),
    *_both("/referrals/{reference}/no-victim", WCU, MANAGER),
    *_both("/referrals/{reference}/reopen", MANAGER, HEAD),
    # clocks of duties
    _page("/clocks", WCU, VLO, MANAGER, HEAD),
    _page("/referrals/{reference}/clocks", WCU, VLO, MANAGER, HEAD, OFFICE),
    *_both("/referrals/{reference}/clocks/start", WCU, VLO, MANAGER),
    *_both("/referrals/{reference}/clocks/{clock}/ended", WCU, VLO, MANAGER),
    *_both("/referrals/{reference}/clocks/starts/{start}/take-back", WCU, VLO, MANAGER),
    *_both("/referrals/{reference}/trace", WCU, VLO, MANAGER),
    _page("/referrals/{reference}/trace/steps", WCU, VLO, MANAGER, HEAD),
    *_both("/referrals/{reference}/trace/step", WCU, VLO, MANAGER),
    *_both("/referrals/{reference}/refused", WCU, VLO, MANAGER),
    *_both("/referrals/{reference}/assign", MANAGER, HEAD, OFFICE),
    *_both("/referrals/{reference}/take", VLO),
    *_both("/referrals/{reference}/note", VLO, MANAGER, HEAD),
    *_both("/referrals/{reference}/victims/{victim}/note", VLO, MANAGER, HEAD),
    *_both("/referrals/{reference}/transfer", MANAGER, HEAD),
    *_both("/referrals/{reference}/transfer/withdraw", MANAGER, HEAD),
    *_both("/referrals/{reference}/victims/{victim}/address", VLO, MANAGER, HEAD),
    _form("/referrals/{reference}/victims/{victim}/amend", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/preferences", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/never", VLO, MANAGER),
    _form("/referrals/{reference}/victims/{victim}/changed-mind", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/contact", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/choice", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/letter", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/same-person", MANAGER, HEAD),
    *_both("/referrals/{reference}/victims/{victim}/separate", MANAGER, HEAD),
    *_both("/referrals/{reference}/victims/{victim}/if-out", VLO, MANAGER),
    # key events, and who is told of them
    _page("/events", VLO, MANAGER, HEAD),
    _page("/referrals/{reference}/events", VLO, MANAGER, HEAD),
    *_both("/referrals/{reference}/events/new", VLO, MANAGER),
    _page("/events/{event}", VLO, MANAGER, HEAD),
    *_both("/events/{event}/embargo", MANAGER, HEAD),
    *_both("/events/{event}/embargo/end", MANAGER, HEAD),
    *_both("/events/{event}/split", MANAGER, HEAD),
    *_both("/events/{event}/take-back", MANAGER, HEAD),
    *_both("/events/{event}/people/{victim}/number", VLO, MANAGER),
    *_both("/events/{event}/people/{victim}/told", VLO, MANAGER),
    *_both("/events/{event}/people/{victim}/update", VLO, MANAGER),
    *_both("/events/{event}/people/{victim}/way", VLO, MANAGER, HEAD),
    *_both("/events/{event}/people/{victim}/not-told", VLO, MANAGER, HEAD),
    _page("/referrals/{reference}/family", VLO, MANAGER, HEAD),
    *_both("/referrals/{reference}/family/lead", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/birth", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/speaks", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/tells", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/died", VLO, MANAGER),
    *_both("/referrals/{reference}/victims/{victim}/not-died", MANAGER, HEAD),
    _page("/victims/{victim}/needs", VLO, MANAGER, HEAD),
    _page("/victims/{victim}/needs/sheet", VLO, MANAGER, HEAD),
    *_both("/victims/{victim}/needs/ask/{group}", VLO, MANAGER),
    *_both("/victims/{victim}/needs/action/{item}", VLO, MANAGER),
    _page("/victims/{victim}/conditions", VLO, MANAGER, HEAD),
    _page("/victims/{victim}/conditions/sheet", VLO, MANAGER, HEAD),
    *_both("/victims/{victim}/conditions/new", VLO, MANAGER),
    *_both("/victims/{victim}/statement", VLO, MANAGER),
    *_both("/condition-requests/{request}/sent", VLO, MANAGER),
    *_both("/condition-requests/{request}/answer", VLO, MANAGER),
    *_both("/condition-requests/{request}/told", VLO, MANAGER),
    *_both("/condition-requests/{request}/place", MANAGER),
    # what they say of how they were treated, and letters read by a second person
    _page("/victims/{victim}/feedback", VLO, MANAGER, HEAD),
    *_both("/victims/{victim}/feedback/new", VLO, MANAGER),
    _page("/quality", MANAGER, HEAD),
    *_both("/quality/{feedback}", MANAGER, HEAD),
    _page("/dip-samples", VLO, MANAGER, HEAD),
    *_both("/dip-samples/new", MANAGER, HEAD),
    _page("/dip-samples/{dip}", VLO, MANAGER, HEAD),
    *_both("/dip-samples/{dip}/{place}", VLO, MANAGER, HEAD),
    _page("/needs-actions", VLO, MANAGER, HEAD),
    *_both("/needs-actions/{action}", VLO, MANAGER),
    *_both("/needs-actions/{action}/hand-over", VLO, MANAGER),
    _page("/letters/gallery", VLO, MANAGER, HEAD, OFFICE),
    _page("/letters/gallery/{kind}/{language}/{form}", VLO, MANAGER, HEAD, OFFICE),
    _page("/letters/old-wording", VLO, MANAGER, HEAD, OFFICE),
    _page("/letters/one-by-one", VLO, MANAGER),
    *_both("/letters/one-by-one/{kind}", VLO, MANAGER),
    _form("/letters/one-by-one/{kind}/approve", VLO, MANAGER),
    _form("/letters/one-by-one/{kind}/send-back", VLO, MANAGER),
    *_both("/letters/{reference}.pdf", VLO, MANAGER, HEAD, OFFICE),
    _page("/letters", VLO, MANAGER, HEAD, OFFICE),
    _page("/letters/{reference}", VLO, MANAGER, HEAD, OFFICE),
    _form("/letters/{reference}", VLO, MANAGER, HEAD),
    *_both("/letters/{reference}/preview.pdf", VLO, MANAGER, HEAD),
    *_both("/letters/{reference}/addresses", MANAGER, HEAD),
    *_both("/letters/{reference}/decide/{question}", VLO, MANAGER, HEAD),
    *_both("/letters/{reference}/facts", VLO, MANAGER),
    _form("/letters/{reference}/approve", VLO, MANAGER),
    *_both("/letters/{reference}/posted", VLO, MANAGER, OFFICE),
    *_both("/letters/{reference}/returned", VLO, MANAGER, OFFICE),
    *_both("/returned-letters", VLO, MANAGER, OFFICE),
    # letters to partners
    _page("/letters-to-others", VLO, MANAGER, HEAD, OFFICE),
    *_both("/letters-to-others/{reference}.pdf", VLO, MANAGER, HEAD, OFFICE),
    _page("/letters-to-others/{reference}", VLO, MANAGER, HEAD, OFFICE),
    _form("/letters-to-others/{reference}", VLO, MANAGER, HEAD),
    *_both("/letters-to-others/{reference}/preview.pdf", VLO, MANAGER, HEAD),
    *_both("/letters-to-others/{reference}/decide/{question}", VLO, MANAGER, HEAD),
    *_both("/letters-to-others/{reference}/addresses", MANAGER, HEAD),
    *_both("/letters-to-others/{reference}/facts", VLO, MANAGER),
    *_both("/letters-to-others/{reference}/office", VLO, MANAGER),
    _form("/letters-to-others/{reference}/approve", VLO, MANAGER),
    *_both("/letters-to-others/{reference}/posted", VLO, MANAGER, OFFICE),
    *_both("/letters-to-others/{reference}/returned", VLO, MANAGER, OFFICE),
    _page("/print-batches", MANAGER, HEAD, OFFICE),
    *_both("/print-batches/new", MANAGER, HEAD, OFFICE),
    *_both("/print-batches/notify", MANAGER, HEAD, OFFICE),
    *_both("/print-batches/email", MANAGER, HEAD, OFFICE),
    _page("/print-batches/{batch}", MANAGER, HEAD, OFFICE),
    _form("/print-batches/{batch}.zip", MANAGER, HEAD, OFFICE),
    _form("/print-batches/{batch}/continue", MANAGER, HEAD, OFFICE),
    *_both("/print-batches/{batch}/left", MANAGER, HEAD, OFFICE),
    _page("/early-referrals", VLO, MANAGER, HEAD, ADMIN, OFFICE),
    *_both("/early-referrals/{receipt}", MANAGER, HEAD),
    # who is away, who covers, who has how much to do
    _page("/officers", VLO, MANAGER, HEAD, OFFICE),
    *_both("/officers/leave/new", VLO, MANAGER, HEAD, OFFICE),
    *_both("/officers/leave/{absence_id}/cover", VLO, MANAGER, HEAD, OFFICE),
    *_both("/officers/leave/{absence_id}/end", VLO, MANAGER, HEAD, OFFICE),
    *_both("/officers/give", MANAGER, HEAD, OFFICE),
    _form("/officers/give/confirm", MANAGER, HEAD, OFFICE),
    # sentences, whether or not they were referred
    *_both("/sentences", MANAGER, HEAD),
    _page("/sentences/{reference}", MANAGER, HEAD),
    *_both("/sentences/{reference}/offer", MANAGER, HEAD),
    # what needs a person's decision
    _page("/tasks", VLO, MANAGER, HEAD, ADMIN),
    _page("/tasks/one-call", VLO, MANAGER, HEAD),
    *_both("/tasks/{reference}", VLO, MANAGER, HEAD, ADMIN),
    *_both("/tasks/{reference}/addresses", MANAGER, HEAD),
    *_both("/tasks/{reference}/sent", MANAGER, HEAD),
    # watching over the whole
    _page("/ledger", MANAGER, HEAD, ADMIN),
    _page("/ledger.json", MANAGER, HEAD, ADMIN),
    _page("/ledger/rows", MANAGER, HEAD, ADMIN),
    _page("/ledger/rows.json", MANAGER, HEAD, ADMIN),
    _page("/measures", MANAGER, HEAD, ADMIN, Role.INSPECTOR),
    _form("/measures", MANAGER, HEAD, ADMIN),
    _page("/measures.csv", MANAGER, HEAD, ADMIN, Role.INSPECTOR),
    _page("/measures.json", MANAGER, HEAD, ADMIN, Role.INSPECTOR),
    _page("/measures.pdf", MANAGER, HEAD, ADMIN, Role.INSPECTOR),
    *_both("/commissioner-packs", MANAGER, HEAD, ADMIN, Role.INSPECTOR),
    _page("/measures/{measure}", MANAGER, HEAD),
    *_both("/wind-tunnel", HEAD, ADMIN),
    _page("/wind-tunnel/{reference}", HEAD, ADMIN),
    _page("/wind-tunnel/{reference}.json", HEAD, ADMIN),
    _page("/wind-tunnel/{reference}.csv", HEAD),
    _page("/feeds", MANAGER, HEAD, ADMIN),
    _page("/delays", WCU, MANAGER, HEAD, ADMIN, Role.INSPECTOR),
    # lists of other systems, matched with ours
    _page("/lists", MANAGER, HEAD, ADMIN),
    *_both("/lists/new", MANAGER, HEAD, ADMIN),
    *_both("/lists/uploads/{reference}", MANAGER, HEAD, ADMIN),
    _page("/lists/{reference}", MANAGER, HEAD, ADMIN),
    _page("/lists/{reference}/lines.csv", MANAGER, HEAD, ADMIN),
    *_both("/lists/{reference}/explained/{reason}", MANAGER, HEAD, ADMIN),
    *_both("/tasks/{reference}/lines", MANAGER, HEAD, ADMIN),
    *_both("/tasks/{reference}/lines/take-back", MANAGER, HEAD, ADMIN),
    _page("/certificates", MANAGER, HEAD, ADMIN, Role.INSPECTOR),
    *_both("/certificates/new", MANAGER, HEAD, ADMIN),
    _page("/certificates/{reference}", MANAGER, HEAD, ADMIN, Role.INSPECTOR),
    *_both("/certificates/{reference}/confirm", MANAGER, HEAD, ADMIN),
    _page("/certificates/{reference}/{file}", MANAGER, HEAD, ADMIN, Role.INSPECTOR),
    # who opened whose details, and what nobody could open otherwise
    *_both("/emergency", VLO, MANAGER, HEAD),
    _page("/reading", MANAGER, HEAD, ADMIN),
    _page("/reading/{account_id}", MANAGER, HEAD),
    *_both("/reading/{account_id}/lift", MANAGER, HEAD, ADMIN),
    # courses for everybody, and how many have passed
    _page("/training", *Role),
    _page("/training/register", MANAGER, HEAD, ADMIN),
    _page("/training/register.csv", MANAGER, HEAD, ADMIN),
    *_both("/training/walk", *Role),
    *_both("/training/courses/{course}", *Role),
    _page("/training/sittings/{sitting}", *Role),
    _page("/training/sittings/{sitting}/certificate.zip", *Role),
    *_both("/training/sittings/{sitting}/{place}", *Role),
    # samples for an inspector
    _page("/inspections", MANAGER, HEAD, Role.INSPECTOR),
    *_both("/inspections/new", MANAGER, HEAD),
    _form("/inspections/eligible.csv", Role.INSPECTOR),
    _page("/inspections/{sample}", MANAGER, HEAD, Role.INSPECTOR),
    *_both("/inspections/{sample}/{reference}", Role.INSPECTOR),
    _form("/inspections/{sample}/pack.zip", Role.INSPECTOR),
    # for those who work with none of it
    *_both("/consult", Role.PRACTITIONER),
    _page("/consult/asked", Role.PRACTITIONER),
    _page("/consult/asked/{receipt}", Role.PRACTITIONER),
    # running the service
    _page("/set-aside", ADMIN),
    *_both("/set-aside/{receipt}", ADMIN),
    _form("/set-aside/{receipt}/try-again", ADMIN),
    _form("/set-aside/{receipt}/try-all-alike", ADMIN),
    _form("/set-aside/{receipt}/dismiss", ADMIN),
    *_both("/set-aside/{receipt}/by-hand", ADMIN),
    _page("/accounts", ADMIN),
    *_both("/accounts/new", ADMIN),
    *_both("/accounts/{account_id}/change", ADMIN),
    *_both("/accounts/{account_id}/disable", ADMIN),
    _page("/units", ADMIN),
    *_both("/units/{region_code}", ADMIN),
    _page("/unknown-letters", ADMIN),
    _page("/partner-offices", ADMIN),
    *_both("/partner-offices/new", ADMIN),
    *_both("/partner-offices/{office}", ADMIN),
    _page("/running", ADMIN),
    _page("/alert-effect", MANAGER, HEAD, ADMIN),
    _page("/witness-care-units", ADMIN),
    *_both("/witness-care-units/{area}", ADMIN),
    _page("/clients", ADMIN),
    *_both("/clients/new", ADMIN),
    *_both("/clients/{client_id}/disable", ADMIN),
)

_BY_ADDRESS = {(rule.method, rule.path): rule for rule in TABLE}


def rule_at(method: str, path: str) -> Rule:
    """Return the rule of an address of the table; raises KeyError where there is none."""
    return _BY_ADDRESS[method, path]


def rule_for(request: Request) -> Rule:
    """Return the rule of the route that was matched; raises NotFound where there is none."""
    route = request.scope.get("route")
    method = "GET" if request.method == "HEAD" else request.method
    rule = _BY_ADDRESS.get((method, getattr(route, "path", "")))
    if rule is None:
        raise NotFound("There is nothing at this address.")
    return rule


def is_for_machines(path: str) -> bool:
    """Return whether an address answers in JSON, so that its errors are JSON too."""
    return path == "/referrals" or path in _LEDGER_AS_JSON or path.startswith(_MACHINES)
