package io.tenantry.mail;

/** The letters that there are; their words are in the bundle {@code letters}, under the name in lower case. */
public enum Letter {
    /** A new person chooses the first password. */
    INVITATION,
    /** A known person chooses another password. */
    PASSWORD_RESET,
    /** A password was changed: whoever did not do that should know. */
    PASSWORD_CHANGED;

    String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
