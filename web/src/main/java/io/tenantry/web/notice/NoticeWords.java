package io.tenantry.web.notice;

import io.tenantry.notice.Inbox;
import io.tenantry.notice.Note;
import io.tenantry.notice.PortalLink;
import io.tenantry.text.DateText;
import io.tenantry.web.profile.Device;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Locale;

/** Says what people were told, in the language of whoever reads it. */
@RequestScoped
public class NoticeWords {
    @Inject
    Fmt fmt;

    @Inject
    CurrentPerson me;

    /** The notice in words. */
    public Item item(Inbox.Told told) {
        var key = "notice." + told.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        var subject = told.kind() == Note.Kind.SIGNED_IN_ELSEWHERE ? device(told.subject()) : told.subject();
        var home = me.getHome();
        var path = told.path().isEmpty() ? home : home + "/" + told.path();
        return new Item(
                told.id(),
                fmt.text(key, subject),
                fmt.text(key + ".text", detail(told)),
                told.place().map(Inbox.Place::name).orElse(""),
                told.place()
                        .map(place -> PortalLink.in(place.organizationId(), path))
                        .orElse(path),
                icon(told.kind()),
                told.kind().tone().name().toLowerCase(Locale.ROOT),
                fmt.iso(told.at()),
                fmt.date(told.at(), "ago"),
                told.isRead());
    }

    /** Days are kept as ISO 8601, a fault of an audit trail as its kind and the record's number. */
    private String detail(Inbox.Told told) {
        if (told.kind() == Note.Kind.AUDIT_BROKEN) {
            var parts = told.detail().split(":", 2);
            return fmt.text("trail.broken." + parts[0], parts.length == 2 ? parts[1] : "");
        }
        return told.kind() == Note.Kind.WHOLESALE_PRICES || told.kind() == Note.Kind.WHOLESALE_WITHDRAWN
                ? DateText.day(told.detail()).map(day -> fmt.date(day, "date")).orElse(told.detail())
                : told.detail();
    }

    private String device(String userAgent) {
        var name = Device.of(userAgent);
        return name.isEmpty() ? fmt.text("me.places.unknown") : name;
    }

    private static String icon(Note.Kind kind) {
        return switch (kind) {
            case WALLET_LOW, WALLET_EMPTY, WALLET_OVER_LIMIT, WALLET_RECOVERED, CUSTOMER_OVER_LIMIT -> "wallet";
            case SERVICE_ORDERED, SERVICE_CHANGED, SERVICE_REBUILT, SERVICE_ENDED, SERVICE_FAILED -> "server";
            case SERVICE_SUSPENDED, SERVICE_RESUMED -> "server";
            case MEMBER_ADDED, INVITATION_ACCEPTED, INVITED -> "people";
            case PASSWORD_CHANGED -> "lock";
            case SIGNED_IN_ELSEWHERE, ACTED_FOR, OWNER_LET_IN, MEMBER_LOCKED, MEMBER_UNLOCKED -> "shield";
            case RUN_FAILED, WORK_PARKED, AUDIT_BROKEN, AUDIT_UNKEPT -> "alert";
            case ENQUIRY -> "mail";
            case PRICE_MOVED, WHOLESALE_PRICES, WHOLESALE_WITHDRAWN -> "tag";
            case TRANSFER_NEARLY_USED, TRANSFER_USED -> "globe";
            case FINDING -> "eye";
            case PROVIDER_FAILS, PROVIDER_WORKS -> "bolt";
            case DEBT_REMINDER, DEBT_FINAL_NOTICE, DEBT_PAID -> "wallet";
            case DEBT_SUSPENDED, DEBT_ENDED -> "server";
            case APPROVAL_WANTED, APPROVAL_GIVEN, APPROVAL_REFUSED -> "check";
        };
    }
}
