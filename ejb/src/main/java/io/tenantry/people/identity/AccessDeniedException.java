package io.tenantry.people.identity;

import jakarta.ejb.ApplicationException;

/** Thrown if the current actor lacks a permission. Mapped to 403; nothing was changed. */
@ApplicationException(rollback = true)
public class AccessDeniedException extends RuntimeException {
    /** The stable name of this refusal, for problems and page messages. */
    public static final String CODE = "access_denied";

    private final String permission;

    public AccessDeniedException(String permission) {
        super("permission " + permission + " is missing");
        this.permission = permission;
    }

    public String code() {
        return CODE;
    }

    /** Returns the missing permission. */
    public String permission() {
        return permission;
    }
}
