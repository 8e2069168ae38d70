"""Whether telling people helps: what was sent, opened, acknowledged, acted on, disputed, false."""
