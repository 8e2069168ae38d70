"""What keeps watch over the whole: alerts that are about no deadline, and the nightly proof."""
