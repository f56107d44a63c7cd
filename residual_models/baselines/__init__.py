"""What any model must beat: persistence, a linear model, a black box of like size; they know no physics."""
