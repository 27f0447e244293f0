package io.tenantry.workqueue;

import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.OperatorNotifications;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Notifies operators of parked items: once each time, also if one is parked again after a retry. */
@ApplicationScoped
public class ParkedWorkNotifier {
    private static final int WHY_MAX = 300;

    @Inject
    OperatorNotifications operatorNotifications;

    void parked(@Observes WorkParked event) {
        var claimedWorkItem = event.claimedWorkItem();
        var why = event.why();
        operatorNotifications.send(
                Permission.PLATFORM_CHARGING_VIEW,
                new Notification(
                        Notification.Kind.WORK_PARKED,
                        claimedWorkItem.tenant().value(),
                        InputText.cut(why, WHY_MAX),
                        "work/one?id=" + claimedWorkItem.id(),
                        "work:" + claimedWorkItem.id() + ":" + claimedWorkItem.fence()));
    }
}
