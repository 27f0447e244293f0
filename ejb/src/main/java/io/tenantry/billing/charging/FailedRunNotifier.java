package io.tenantry.billing.charging;

import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.OperatorNotifications;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Notifies operators of failed runs: once for each run, regardless of retries. */
@ApplicationScoped
public class FailedRunNotifier {
    private static final int ERROR_MAX = 300;

    @Inject
    OperatorNotifications operatorNotifications;

    void parked(@Observes RunParked event) {
        var error = event.error();
        operatorNotifications.send(
                Permission.PLATFORM_CHARGING_VIEW,
                new Notification(
                        Notification.Kind.RUN_FAILED,
                        event.tenant().value(),
                        InputText.cut(error, ERROR_MAX),
                        "runs?tenant=" + event.tenant().value() + "&state=" + RunList.UNFINISHED,
                        "run:" + event.runId()));
    }
}
