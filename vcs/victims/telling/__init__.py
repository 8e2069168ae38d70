"""What free text tells of somebody: where they live, how they are reached, who they are."""
