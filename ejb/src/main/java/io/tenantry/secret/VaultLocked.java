package io.tenantry.secret;

/** A secret cannot be sealed or opened; an operator has to do something about keys. The message holds no secret. */
public final class VaultLocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VaultLocked(String message) {
        super(message);
    }

    VaultLocked(String message, Throwable cause) {
        super(message, cause);
    }
}
