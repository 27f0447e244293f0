package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.kernel.secret.VaultException;

/** The result of testing an account. */
public enum ConnectionTestResult {
    WORKS,
    /** The provider rejects the token as unknown or revoked. */
    CREDENTIALS,
    /** The token is valid but lacks a required permission. */
    FORBIDDEN,
    /** The address could not be reached, or connections to it are not allowed. */
    UNREACHABLE,
    /** The address was reached, but there was no answer in time. */
    NO_RESPONSE,
    /** The provider is busy. */
    BUSY,
    /** The provider failed. */
    PROVIDER_ERROR,
    /** The response does not conform to the provider's API: the address belongs to something else. */
    INVALID_RESPONSE,
    /** The token cannot be unsealed: a key of the installation is missing. */
    LOCKED;

    /** Returns what a failure means for an account. */
    public static ConnectionTestResult of(ProviderFailure failure) {
        if (failure.getCause() instanceof VaultException) {
            return LOCKED;
        }
        return switch (failure.reason()) {
            case CREDENTIALS -> CREDENTIALS;
            case FORBIDDEN -> FORBIDDEN;
            case UNREACHABLE -> UNREACHABLE;
            case NO_RESPONSE -> NO_RESPONSE;
            case RATE_LIMITED, BUSY, LIMIT, NO_CAPACITY -> BUSY;
            case PROVIDER_ERROR -> PROVIDER_ERROR;
            case NOT_FOUND, INVALID, INVALID_RESPONSE -> INVALID_RESPONSE;
        };
    }

    public boolean isFine() {
        return this == WORKS;
    }
}
