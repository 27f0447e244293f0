package io.tenantry.people.notification;

import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Retention of notifications: 90 days if read, one year if unread. */
@Stateless
public class NotificationRetention {
    private static final String FORGET = """
            delete from notification
             where created_at < now() - interval '90 days'
               and (read_at is not null or created_at < now() - interval '365 days')
            """;

    @Inject
    Sql sql;

    /** For the container. */
    public NotificationRetention() {}

    /** For use outside a container. */
    public NotificationRetention(Sql sql) {
        this.sql = sql;
    }

    /** Deletes expired notifications in the current scope. */
    public int forget() {
        return sql.update(FORGET);
    }
}
