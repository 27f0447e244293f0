package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.kernel.secret.VaultException;

/** What came of testing an account, in our words. */
public enum ConnectionTestResult {
    WORKS,
    /** The vendor does not know the token, or no more. */
    CREDENTIALS,
    /** The token is known but not allowed to do what is needed. */
    FORBIDDEN,
    /** Nobody was reached at the address, or it is one where we do not go. */
    UNREACHABLE,
    /** Somebody was reached and said nothing in time. */
    NO_ANSWER,
    /** Not now. */
    BUSY,
    /** The vendor fails. */
    VENDOR,
    /** What was said is not what this vendor says: the address is of something else. */
    NOT_UNDERSTOOD,
    /** The token does not open: a key of the installation is missing. */
    LOCKED;

    /** What a failure means for an account. */
    public static ConnectionTestResult of(ProviderFailure failure) {
        if (failure.getCause() instanceof VaultException) {
            return LOCKED;
        }
        return switch (failure.reason()) {
            case CREDENTIALS -> CREDENTIALS;
            case FORBIDDEN -> FORBIDDEN;
            case UNREACHABLE -> UNREACHABLE;
            case NO_ANSWER -> NO_ANSWER;
            case TOO_OFTEN, BUSY, LIMIT, NO_CAPACITY -> BUSY;
            case VENDOR -> VENDOR;
            case NOT_FOUND, INVALID, NOT_UNDERSTOOD -> NOT_UNDERSTOOD;
        };
    }

    public boolean isFine() {
        return this == WORKS;
    }
}
