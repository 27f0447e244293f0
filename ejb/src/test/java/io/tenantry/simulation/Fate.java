package io.tenantry.simulation;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of something that a vendor is asked: whether it is done, and what is answered. */
enum Fate {
    /** Done, and answered. */
    WELL(Done.YES, null),
    /** Done, and the answer lost. */
    LOST(Done.YES, Reason.NO_ANSWER),
    /** Done, and the vendor says that it has failed itself. */
    DONE_AND_500(Done.YES, Reason.VENDOR),
    /** Done, and nobody understands the answer. */
    DONE_AND_GARBLED(Done.YES, Reason.NOT_UNDERSTOOD),
    /** Done, and the vendor says that it refuses: no vendor promises to be honest. */
    DONE_AND_REFUSED(Done.YES, Reason.INVALID),
    /** Nobody answers; it is done minutes later. */
    LATE(Done.LATE, Reason.NO_ANSWER),
    /** Nobody answers; it is done later than any vendor promises. */
    FAR_TOO_LATE(Done.FAR_TOO_LATE, Reason.NO_ANSWER),
    /** Done twice: something between us repeated the question. */
    TWICE(Done.TWICE, null),
    /** It is set aside, and has to be asked for once more. */
    HALF(Done.HALF, Reason.NO_ANSWER),
    SILENT(Done.NO, Reason.NO_ANSWER),
    NOT_DONE_AND_500(Done.NO, Reason.VENDOR),
    UNREACHABLE(Done.NO, Reason.UNREACHABLE),
    TOO_OFTEN(Done.NO, Reason.TOO_OFTEN),
    BUSY(Done.NO, Reason.BUSY),
    SOLD_OUT(Done.NO, Reason.NO_CAPACITY),
    REFUSED(Done.NO, Reason.INVALID),
    LIMIT(Done.NO, Reason.LIMIT),
    FORBIDDEN(Done.NO, Reason.FORBIDDEN),
    CREDENTIALS(Done.NO, Reason.CREDENTIALS),
    /** Said to be done, and not done. */
    IGNORED(Done.NO, null);

    /** What is done. */
    enum Done {
        NO,
        YES,
        LATE,
        FAR_TOO_LATE,
        TWICE,
        HALF
    }

    final Done done;
    final @Nullable Reason answer;

    Fate(Done done, @Nullable Reason answer) {
        this.done = done;
        this.answer = answer;
    }

    /** Something, and how often of all that is asked. */
    record Odds(Fate fate, int weight) {}

    /** Of a server that is wanted. */
    static final List<Odds> OF_CREATION = List.of(
            new Odds(WELL, 620),
            new Odds(LOST, 60),
            new Odds(DONE_AND_500, 50),
            new Odds(DONE_AND_GARBLED, 10),
            new Odds(DONE_AND_REFUSED, 6),
            new Odds(LATE, 50),
            new Odds(FAR_TOO_LATE, 8),
            new Odds(TWICE, 8),
            new Odds(HALF, 15),
            new Odds(SILENT, 40),
            new Odds(NOT_DONE_AND_500, 35),
            new Odds(UNREACHABLE, 20),
            new Odds(TOO_OFTEN, 30),
            new Odds(SOLD_OUT, 25),
            new Odds(REFUSED, 12),
            new Odds(LIMIT, 6),
            new Odds(FORBIDDEN, 3),
            new Odds(CREDENTIALS, 2));

    /** Of a question. */
    static final List<Odds> OF_LOOK = List.of(
            new Odds(WELL, 900),
            new Odds(SILENT, 25),
            new Odds(NOT_DONE_AND_500, 25),
            new Odds(UNREACHABLE, 20),
            new Odds(TOO_OFTEN, 22),
            new Odds(DONE_AND_GARBLED, 4),
            new Odds(FORBIDDEN, 2),
            new Odds(CREDENTIALS, 2));

    /** Of a new beginning: it may come later than the silence. */
    static final List<Odds> OF_BEGINNING = List.of(
            new Odds(WELL, 740),
            new Odds(LOST, 50),
            new Odds(DONE_AND_500, 40),
            new Odds(LATE, 50),
            new Odds(IGNORED, 10),
            new Odds(SILENT, 40),
            new Odds(NOT_DONE_AND_500, 30),
            new Odds(UNREACHABLE, 15),
            new Odds(TOO_OFTEN, 15),
            new Odds(BUSY, 10));

    /** Of whatever else is to be done. */
    static final List<Odds> OF_DEED = List.of(
            new Odds(WELL, 780),
            new Odds(LOST, 50),
            new Odds(DONE_AND_500, 40),
            new Odds(IGNORED, 20),
            new Odds(SILENT, 35),
            new Odds(NOT_DONE_AND_500, 30),
            new Odds(UNREACHABLE, 15),
            new Odds(TOO_OFTEN, 15),
            new Odds(BUSY, 15));

    /** The same of what nobody can look up: who says that it is done has done it. */
    static final List<Odds> OF_WORD =
            OF_DEED.stream().filter(one -> one.fate() != IGNORED).toList();
}
