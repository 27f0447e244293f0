package io.tenantry.documents.mail;

import io.tenantry.config.Settings;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.notification.PortalLink;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes emails for notifications that must also reach people who do not log in: a low wallet, an inquiry, a provider's price changes, a failed
 * order, a suspended service, used-up transfer, an owner's access recovered by an operator, a locked account. Charging only creates
 * notifications, set-based in SQL; emails are written afterwards, in a separate transaction. A notification gets one email, and a person at
 * most one email of a kind about the same subject per day (inquiries: per hour; orders, suspensions, locks, recovered owners and withdrawn
 * prices: each one), however often it occurs.
 */
@Stateless
public class NotificationMails {
    private static final int BATCH = 200;
    private static final Duration FRESH = Duration.ofDays(1);

    private static final String TAKE = """
            select t.kind, t.subject, t.path, t.created_at, t.organization_id, (select o.name from organization o where o.id = t.organization_id) organization, t.person_id, p.name, p.email, p.locale,
                   e.balance, e.hourly_cost, w.currency
              from claim_notifications_to_mail(?, ?) t
              join person p on p.id = t.person_id
              left join wallet_event e on t.key = 'crossing:' || e.id
                                      and e.id = case when t.key ~ '^crossing:[0-9]{1,18}$' then substr(t.key, 10)::bigint end
              left join wallet w on w.id = e.wallet_id
             order by t.id
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Outbox outbox;

    @Inject
    Settings settings;

    private record NotificationMail(
            MailTemplate template,
            String about,
            String path,
            Instant at,
            Optional<UUID> organizationId,
            String organization,
            UUID personId,
            String name,
            String email,
            Optional<String> locale,
            Optional<Money> balance,
            Optional<Money> burnPerHour) {}

    /**
     * Writes emails for the tenant's notifications that have none.
     *
     * @return number of notifications processed; equal to the batch size if more may be left
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int write(Tenant tenant) {
        var now = clock.instant();
        var notices = sql.query(TAKE, NotificationMails::notice, BATCH, now);
        for (var notificationMail : notices) {
            if (notificationMail.at().isAfter(now.minus(FRESH)) && !isWritten(notificationMail)) {
                write(tenant, notificationMail);
            }
        }
        return notices.size();
    }

    /**
     * Whether another email covers the notification. Dunning writes about low balances itself; only threshold events from before that was
     * introduced are handled here. An owner whose access was recovered gets the link itself, and a locked person a separate email.
     */
    private static boolean isWritten(NotificationMail notificationMail) {
        return (notificationMail.template() == MailTemplate.WALLET_LOW
                        && notificationMail.balance().isEmpty())
                || (notificationMail.template() == MailTemplate.OWNER_LINK_SENT
                        && notificationMail.about().equals(notificationMail.email()))
                || ((notificationMail.template() == MailTemplate.MEMBER_LOCKED
                                || notificationMail.template() == MailTemplate.MEMBER_UNLOCKED)
                        && notificationMail
                                .path()
                                .endsWith(notificationMail.personId().toString()));
    }

    /** The batch size. */
    static int batch() {
        return BATCH;
    }

    private void write(Tenant tenant, NotificationMail notificationMail) {
        var locale = notificationMail.locale().map(Locale::forLanguageTag).orElseGet(tenant::locale);
        var path = notificationMail
                .organizationId()
                .map(organization -> PortalLink.in(organization, "/portal/" + notificationMail.path()))
                .orElseGet(() -> "/staff/" + notificationMail.path());
        var facts = new TreeMap<String, String>();
        facts.put("name", notificationMail.name());
        facts.put("about", about(notificationMail, locale));
        facts.put("link", settings.origin(tenant.primaryHost()) + path);
        facts.put("organization", notificationMail.organization());
        notificationMail.balance().ifPresent(balance -> facts.put("amount", MailFormats.text(balance, locale)));
        hours(notificationMail).ifPresent(hours -> facts.put("hours", Long.toString(hours)));
        if (notificationMail.template().asksForMoney(false)) {
            notificationMail
                    .organizationId()
                    .ifPresent(organization -> facts.putAll(PaymentDetails.of(sql, organization)));
        }
        outbox.write(notificationMail.template(), locale, notificationMail.email(), facts, once(notificationMail));
    }

    /** Returns the subject of the notification, with days formatted in the reader's language. */
    private static String about(NotificationMail notificationMail, Locale locale) {
        return notificationMail.template() == MailTemplate.WHOLESALE_WITHDRAWN
                ? MailFormats.day(LocalDate.parse(notificationMail.about()), locale)
                : notificationMail.about();
    }

    /** Returns the runway at that moment, in started hours; empty if nothing is running. */
    private static Optional<Long> hours(NotificationMail notificationMail) {
        return notificationMail
                .burnPerHour()
                .filter(Money::isPositive)
                .flatMap(burn -> notificationMail
                        .balance()
                        .map(balance -> balance.isPositive()
                                ? balance.amount()
                                        .divideToIntegralValue(burn.amount())
                                        .longValue()
                                : 0L));
    }

    private static String once(NotificationMail notificationMail) {
        var about = switch (notificationMail.template()) {
            case SERVICE_FAILED, SERVICE_SUSPENDED, SERVICE_RESUMED, MEMBER_LOCKED, MEMBER_UNLOCKED ->
                notificationMail.path();
            case WHOLESALE_WITHDRAWN -> notificationMail.about();
            default -> notificationMail.organizationId().map(UUID::toString).orElse("staff");
        };
        var span = switch (notificationMail.template()) {
            case CONTACT_MESSAGE -> ChronoUnit.HOURS;
            case SERVICE_SUSPENDED,
                    SERVICE_RESUMED,
                    OWNER_LINK_SENT,
                    WHOLESALE_WITHDRAWN,
                    MEMBER_LOCKED,
                    MEMBER_UNLOCKED -> ChronoUnit.MICROS;
            default -> ChronoUnit.DAYS;
        };
        return String.join(
                ":",
                List.of(
                        notificationMail.template().name(),
                        about,
                        notificationMail.personId().toString(),
                        notificationMail.at().truncatedTo(span).toString()));
    }

    private static NotificationMail notice(Row row) {
        var currency = row.maybeText("currency").map(Currency::getInstance);
        return new NotificationMail(
                MailTemplate.valueOf(row.text("kind")),
                row.text("subject"),
                row.text("path"),
                row.instant("created_at"),
                row.maybeUuid("organization_id"),
                row.maybeText("organization").orElse(""),
                row.uuid("person_id"),
                row.text("name"),
                row.text("email"),
                row.maybeText("locale"),
                currency.map(known -> new Money(row.decimal("balance"), known)),
                currency.map(known -> new Money(row.decimal("hourly_cost"), known)));
    }
}
