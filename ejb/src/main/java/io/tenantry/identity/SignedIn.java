package io.tenantry.identity;

import io.tenantry.tenancy.Actor;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person whom we know to be who they say, and in which of the three worlds they move here.
 *
 * @param personId the person in the current scope
 * @param email the address they sign in with
 * @param name what people call them
 * @param kind operator, staff or member
 * @param locale the language they chose; absent for the reseller's
 * @param zone the time zone they chose; absent for the reseller's
 */
public record SignedIn(
        UUID personId,
        String email,
        String name,
        Actor.Kind kind,
        @Nullable Locale locale,
        @Nullable ZoneId zone) {

    /** The person as the one who acts. */
    public Actor actor() {
        return new Actor(kind, personId, name);
    }
}
