package io.tenantry.billing.tax;

import java.util.Set;

/**
 * Answer from VIES about a number. Text that it did not state is empty.
 *
 * @param consultation the number under which VIES keeps the answer, if a requester was given
 * @param requestDate the time of the request according to VIES
 * @param reason why it could not answer
 */
public record ViesResponse(
        Verdict verdict, String consultation, String requestDate, String name, String address, String reason) {
    /** Errors that a retry does not resolve, until someone has corrected the cause. */
    private static final Set<String> LASTING =
            Set.of("INVALID_INPUT", "INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED");

    /** Result of the check. */
    public enum Verdict {
        VALID,
        INVALID,
        /** It, or the state that it asks, could not say. */
        UNAVAILABLE
    }

    static ViesResponse untold(String reason) {
        return new ViesResponse(Verdict.UNAVAILABLE, "", "", "", "", reason);
    }

    /** Whether a retry a little later may give an answer. */
    boolean isPassing() {
        return verdict == Verdict.UNAVAILABLE && !LASTING.contains(reason);
    }
}
