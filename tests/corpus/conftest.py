from hypothesis import settings

# Without a deadline, since how long an example takes depends on what else the machine does.
settings.register_profile("corpus", deadline=None, max_examples=60)
settings.load_profile("corpus")
