package io.tenantry.billing.tax;

import java.util.Set;

/**
 * What VIES said of a number. Empty text: it said none.
 *
 * @param consultation the number under which VIES keeps the answer, if it was told who asks
 * @param requestDate when VIES says that it was asked
 * @param reason why it could not tell
 */
public record ViesResponse(
        Verdict verdict, String consultation, String requestDate, String name, String address, String reason) {
    /** Asking once more says the same, until somebody has corrected something. */
    private static final Set<String> LASTING =
            Set.of("INVALID_INPUT", "INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED");

    /** What it says. */
    public enum Verdict {
        VALID,
        INVALID,
        /** It, or the state that it asks, could not say. */
        UNAVAILABLE
    }

    static ViesResponse untold(String reason) {
        return new ViesResponse(Verdict.UNAVAILABLE, "", "", "", "", reason);
    }

    /** Whether it may say more a little later. */
    boolean isPassing() {
        return verdict == Verdict.UNAVAILABLE && !LASTING.contains(reason);
    }
}
