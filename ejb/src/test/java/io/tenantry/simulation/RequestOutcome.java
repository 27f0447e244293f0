package io.tenantry.simulation;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a provider request: whether it is executed, and what is answered. */
enum RequestOutcome {
    /** Done and answered. */
    WELL(Done.YES, null),
    /** Done, and the response is lost. */
    LOST(Done.YES, Reason.NO_RESPONSE),
    /** Done, and the provider reports an internal error. */
    DONE_AND_500(Done.YES, Reason.PROVIDER_ERROR),
    /** Done, and the response is unintelligible. */
    DONE_AND_GARBLED(Done.YES, Reason.INVALID_RESPONSE),
    /** Done, and the provider reports a refusal: no provider is guaranteed to be correct. */
    DONE_AND_REFUSED(Done.YES, Reason.INVALID),
    /** No response; it is done minutes later. */
    LATE(Done.LATE, Reason.NO_RESPONSE),
    /** No response; it is done later than any provider guarantees. */
    FAR_TOO_LATE(Done.FAR_TOO_LATE, Reason.NO_RESPONSE),
    /** Done twice: an intermediary repeated the request. */
    DUPLICATE(Done.DUPLICATE, null),
    /** It is queued, and has to be requested once more. */
    HALF(Done.HALF, Reason.NO_RESPONSE),
    SILENT(Done.NO, Reason.NO_RESPONSE),
    NOT_DONE_AND_500(Done.NO, Reason.PROVIDER_ERROR),
    UNREACHABLE(Done.NO, Reason.UNREACHABLE),
    RATE_LIMITED(Done.NO, Reason.RATE_LIMITED),
    BUSY(Done.NO, Reason.BUSY),
    SOLD_OUT(Done.NO, Reason.NO_CAPACITY),
    REFUSED(Done.NO, Reason.INVALID),
    LIMIT(Done.NO, Reason.LIMIT),
    FORBIDDEN(Done.NO, Reason.FORBIDDEN),
    CREDENTIALS(Done.NO, Reason.CREDENTIALS),
    /** Reported as done, and not done. */
    IGNORED(Done.NO, null);

    /** When a request is executed. */
    enum Done {
        NO,
        YES,
        LATE,
        FAR_TOO_LATE,
        DUPLICATE,
        HALF
    }

    final Done done;
    final @Nullable Reason answer;

    RequestOutcome(Done done, @Nullable Reason answer) {
        this.done = done;
        this.answer = answer;
    }

    /** An outcome, and its weight among all requests. */
    record Odds(RequestOutcome requestOutcome, int weight) {}

    /** Outcomes of server creations. */
    static final List<Odds> OF_CREATION = List.of(
            new Odds(WELL, 620),
            new Odds(LOST, 60),
            new Odds(DONE_AND_500, 50),
            new Odds(DONE_AND_GARBLED, 10),
            new Odds(DONE_AND_REFUSED, 6),
            new Odds(LATE, 50),
            new Odds(FAR_TOO_LATE, 8),
            new Odds(DUPLICATE, 8),
            new Odds(HALF, 15),
            new Odds(SILENT, 40),
            new Odds(NOT_DONE_AND_500, 35),
            new Odds(UNREACHABLE, 20),
            new Odds(RATE_LIMITED, 30),
            new Odds(SOLD_OUT, 25),
            new Odds(REFUSED, 12),
            new Odds(LIMIT, 6),
            new Odds(FORBIDDEN, 3),
            new Odds(CREDENTIALS, 2));

    /** Outcomes of queries. */
    static final List<Odds> OF_LOOK = List.of(
            new Odds(WELL, 900),
            new Odds(SILENT, 25),
            new Odds(NOT_DONE_AND_500, 25),
            new Odds(UNREACHABLE, 20),
            new Odds(RATE_LIMITED, 22),
            new Odds(DONE_AND_GARBLED, 4),
            new Odds(FORBIDDEN, 2),
            new Odds(CREDENTIALS, 2));

    /** Outcomes of rebuilds: they may come later than the missing response. */
    static final List<Odds> OF_BEGINNING = List.of(
            new Odds(WELL, 740),
            new Odds(LOST, 50),
            new Odds(DONE_AND_500, 40),
            new Odds(LATE, 50),
            new Odds(IGNORED, 10),
            new Odds(SILENT, 40),
            new Odds(NOT_DONE_AND_500, 30),
            new Odds(UNREACHABLE, 15),
            new Odds(RATE_LIMITED, 15),
            new Odds(BUSY, 10));

    /** Outcomes of all other operations. */
    static final List<Odds> OF_DEED = List.of(
            new Odds(WELL, 780),
            new Odds(LOST, 50),
            new Odds(DONE_AND_500, 40),
            new Odds(IGNORED, 20),
            new Odds(SILENT, 35),
            new Odds(NOT_DONE_AND_500, 30),
            new Odds(UNREACHABLE, 15),
            new Odds(RATE_LIMITED, 15),
            new Odds(BUSY, 15));

    /** Outcomes of operations that cannot be verified by a query: a reported success is a success. */
    static final List<Odds> OF_WORD =
            OF_DEED.stream().filter(one -> one.requestOutcome() != IGNORED).toList();
}
