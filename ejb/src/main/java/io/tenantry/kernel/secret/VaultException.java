package io.tenantry.kernel.secret;

/** A secret cannot be sealed or opened; an operator has to do something about keys. The message holds no secret. */
public final class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VaultException(String message) {
        super(message);
    }

    VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
