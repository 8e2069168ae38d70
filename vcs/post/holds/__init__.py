"""Why each reason of the gate holds, in one sentence that says what to do."""
