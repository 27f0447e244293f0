package io.tenantry.batch.mail;

import io.tenantry.documents.mail.MailDispatcher;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** A timer that sends emails that are due, on every node: each email is claimed by one. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class MailTimer {
    @Inject
    MailDispatcher dispatcher;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "5/15", persistent = false, info = "email delivery")
    void deliver() {
        if (!readiness.isReady()) {
            return;
        }
        try (var actorScope = Actors.enter(Actor.system("mails"))) {
            dispatcher.deliver();
        }
    }
}
