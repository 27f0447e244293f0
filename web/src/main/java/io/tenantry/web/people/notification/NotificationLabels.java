package io.tenantry.web.people.notification;

import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.NotificationInbox;
import io.tenantry.people.notification.PortalLink;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.Format;
import io.tenantry.web.people.profile.Device;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Locale;

/** Labels for notifications, in the reader's language. */
@RequestScoped
public class NotificationLabels {
    @Inject
    Format format;

    @Inject
    CurrentPerson me;

    /** Returns the notification as it is shown. */
    public NotificationItem item(NotificationInbox.InboxEntry inboxEntry) {
        var key = "notification."
                + inboxEntry.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        var subject = inboxEntry.kind() == Notification.Kind.NEW_SIGN_IN
                ? device(inboxEntry.subject())
                : inboxEntry.subject();
        var home = me.getHome();
        var path = inboxEntry.path().isEmpty() ? home : home + "/" + inboxEntry.path();
        return new NotificationItem(
                inboxEntry.id(),
                format.text(key, subject),
                format.text(key + ".text", detail(inboxEntry)),
                inboxEntry
                        .place()
                        .map(NotificationInbox.NamedOrganization::name)
                        .orElse(""),
                inboxEntry
                        .place()
                        .map(namedOrganization -> PortalLink.in(namedOrganization.organizationId(), path))
                        .orElse(path),
                icon(inboxEntry.kind()),
                inboxEntry.kind().tone().name().toLowerCase(Locale.ROOT),
                format.iso(inboxEntry.at()),
                format.date(inboxEntry.at(), "ago"),
                inboxEntry.isRead());
    }

    /** Returns the detail as text; days are stored as ISO 8601, an error of an audit trail as its kind and the record's number. */
    private String detail(NotificationInbox.InboxEntry inboxEntry) {
        if (inboxEntry.kind() == Notification.Kind.AUDIT_BROKEN) {
            var parts = inboxEntry.detail().split(":", 2);
            return format.text("trail.broken." + parts[0], parts.length == 2 ? parts[1] : "");
        }
        return inboxEntry.kind() == Notification.Kind.WHOLESALE_PRICES
                        || inboxEntry.kind() == Notification.Kind.WHOLESALE_WITHDRAWN
                ? DateText.day(inboxEntry.detail())
                        .map(day -> format.date(day, "date"))
                        .orElse(inboxEntry.detail())
                : inboxEntry.detail();
    }

    private String device(String userAgent) {
        var name = Device.of(userAgent);
        return name.isEmpty() ? format.text("me.sessions.unknown") : name;
    }

    private static String icon(Notification.Kind kind) {
        return switch (kind) {
            case WALLET_LOW, WALLET_EMPTY, WALLET_OVER_LIMIT, WALLET_RECOVERED, CUSTOMER_OVER_LIMIT -> "wallet";
            case SERVICE_ORDERED, SERVICE_CHANGED, SERVICE_REBUILT, SERVICE_ENDED, SERVICE_FAILED -> "server";
            case SERVICE_SUSPENDED, SERVICE_RESUMED -> "server";
            case MEMBER_ADDED, INVITATION_ACCEPTED, INVITED -> "people";
            case PASSWORD_CHANGED -> "lock";
            case NEW_SIGN_IN, IMPERSONATED, OWNER_LINK_SENT, MEMBER_LOCKED, MEMBER_UNLOCKED -> "shield";
            case RUN_FAILED, WORK_PARKED, AUDIT_BROKEN, AUDIT_UNVERIFIED -> "alert";
            case CONTACT_MESSAGE -> "mail";
            case PROVIDER_PRICE_CHANGED, WHOLESALE_PRICES, WHOLESALE_WITHDRAWN -> "tag";
            case TRANSFER_NEARLY_USED, TRANSFER_USED -> "globe";
            case DISCREPANCY -> "eye";
            case PROVIDER_FAILING, PROVIDER_RECOVERED -> "bolt";
            case DEBT_REMINDER, DEBT_FINAL_NOTICE, DEBT_PAID -> "wallet";
            case DEBT_SUSPENDED, DEBT_TERMINATED -> "server";
            case APPROVAL_REQUESTED, APPROVAL_GRANTED, APPROVAL_REFUSED -> "check";
        };
    }
}
