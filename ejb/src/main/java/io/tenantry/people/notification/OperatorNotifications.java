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
 * Tells the platform's operators of what happened in a tenant. A transaction belongs to one scope, so this is one of its own,
 * after that of what happened; the key makes sure that they are told once.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OperatorNotifications {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** Tells those who may do this. */
    public void tell(String permission, Notification notification) {
        Tenancy.in(Scope.PLATFORM, () -> {
            Notifications.tellStaff(sql, permission, notification, clock.instant());
            return true;
        });
    }
}
