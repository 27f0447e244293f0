package io.tenantry.people.notification;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Notifies the platform's operators of events in a tenant. A transaction belongs to one scope, so this runs in a separate one, after that of
 * the event; the key ensures that they are notified once.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OperatorNotifications {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** Notifies the operators with this permission. */
    public void send(String permission, Notification notification) {
        Tenancy.in(Scope.PLATFORM, () -> {
            Notifications.notifyStaff(sql, permission, notification, clock.instant());
            return true;
        });
    }
}
