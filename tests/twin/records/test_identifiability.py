from tests.twin.records.test_model_document import TOLD


def test_a_remedy_says_what_it_brings_and_to_which_number():
    (remedy,) = TOLD.remedies
    assert (remedy.kind, remedy.what, remedy.number, remedy.left) == ("tag", "c", "a", 0.5)
    assert TOLD.directions[0].names == (TOLD.pairs[0].first,)
