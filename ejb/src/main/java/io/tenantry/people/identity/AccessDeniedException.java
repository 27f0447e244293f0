package io.tenantry.people.identity;

import jakarta.ejb.ApplicationException;

/** The one who acts may not do this. Answered as 403; nothing was changed. */
@ApplicationException(rollback = true)
public class AccessDeniedException extends RuntimeException {
    /** Stable name of this refusal, for problems and page messages. */
    public static final String CODE = "access_denied";

    private final String permission;

    public AccessDeniedException(String permission) {
        super("permission " + permission + " is missing");
        this.permission = permission;
    }

    public String code() {
        return CODE;
    }

    /** The permission that was missing. */
    public String permission() {
        return permission;
    }
}
