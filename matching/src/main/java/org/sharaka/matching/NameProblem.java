package org.sharaka.matching;

/** Why a name can be compared badly or not at all. */
public enum NameProblem {
    /** Nothing was given, or only blanks and invisible characters. */
    EMPTY,
    /** No letter and no digit stands in it. */
    NO_LETTERS,
    /** Longer than is looked at: only its beginning is compared. */
    TOO_LONG,
    /** Of one letter: too little to find anybody by. */
    ONE_LETTER
}
