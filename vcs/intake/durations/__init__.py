"""How long custody is, from numbers and words; sentences longer than the number beside it."""
