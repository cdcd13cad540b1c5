"""unify: scattered contacts in, one golden customer table out."""
