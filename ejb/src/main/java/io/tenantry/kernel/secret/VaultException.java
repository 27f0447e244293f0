package io.tenantry.kernel.secret;

/** Thrown if a secret cannot be sealed or opened; an operator has to fix the keys. The message contains no secret. */
public final class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VaultException(String message) {
        super(message);
    }

    VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
