package io.tenantry.documents.mail;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.brand.SenderDomains;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes emails from the outboxes of tenants and of the platform and sends them, outside of any transaction. An email may be sent twice if a
 * node crashes between the server's response and the database update, or if that response never arrives; it is never lost. If the server is
 * unavailable, the rest of a pass is skipped, so that one attempt detects it rather than each email of each tenant.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailDispatcher {
    private static final Logger LOG = System.getLogger(MailDispatcher.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(10);

    @Inject
    Outbox outbox;

    @Inject
    MailWriters mailWriters;

    @Inject
    MailHandover mailHandover;

    @Inject
    OutboxSchedule outboxSchedule;

    @Inject
    UnconfirmedDeliveries unconfirmedDeliveries;

    @Inject
    Clock clock;

    @Inject
    Brands brands;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    /** Writes emails for notifications, and sends emails that are due; without a mail server emails are only written. */
    public void deliver() {
        var now = clock.instant();
        var all = outboxSchedule.isTimeForAll(now);
        var isOpen = !settings.mailHost().isEmpty();
        var platform = Sender.platform(settings.platformHost());
        if (outboxSchedule.take(platform, now) || all) {
            isOpen = visit(platform, () -> false, now, isOpen);
        }
        for (var tenant : tenants.chargeable()) {
            var sender = Sender.of(tenant);
            if (outboxSchedule.take(sender, now) || all) {
                isOpen = visit(sender, () -> mailWriters.write(tenant), now, isOpen);
            }
        }
    }

    /**
     * Writes and sends the emails of one sender.
     *
     * @param waitingMails writes emails; returns whether there are more to write
     * @return whether further emails can be sent after it
     */
    private boolean visit(Sender sender, BooleanSupplier waitingMails, Instant now, boolean isOpen) {
        try {
            return Tenancy.in(sender.scope(), () -> {
                var isMore = waitingMails.getAsBoolean();
                var isStillOpen = isOpen && deliver(sender);
                outboxSchedule.later(sender, isMore ? Optional.of(now) : outbox.nextTry());
                return isStillOpen;
            });
        } catch (RuntimeException failure) {
            DatabaseUnavailable.report(
                    LOG, "outbox not worked off scope=" + sender.scope().label(), failure);
            outboxSchedule.later(sender, Optional.of(now.plus(AFTER_FAILURE)));
            return isOpen;
        }
    }

    /** Limits a sender's turn, so that others are not delayed for long by one sender's monthly documents. */
    private boolean deliver(Sender sender) {
        var until = clock.instant().plus(TURN);
        for (var due = outbox.claim(); !due.isEmpty(); due = outbox.claim()) {
            if (!deliver(sender, due)) {
                return false;
            }
            if (clock.instant().isAfter(until)) {
                break;
            }
        }
        return true;
    }

    private boolean deliver(Sender sender, List<Outbox.Mail> due) {
        var brand = proven(brands.current());
        for (var next = 0; next < due.size(); next++) {
            if (send(sender, brand, due.get(next))
                    .filter(DeliveryFailure::isOfTheServer)
                    .isPresent()) {
                outbox.putBack(due.subList(next + 1, due.size()));
                return false;
            }
        }
        return true;
    }

    /**
     * Uses the default sender if the published address belongs to a domain that is not, or no longer, verified for the reseller, so that no
     * email is lost.
     */
    private Brand proven(Brand brand) {
        var address = brand.contact().senderAddress();
        if (address.isEmpty()
                || SenderDomains.of(tenants.current(), tenants.all(), settings.platformHost())
                        .cover(address)) {
            return brand;
        }
        return new Brand(
                brand.name(),
                brand.style(),
                brand.contact().withoutSenderAddress(),
                brand.links(),
                brand.brandImages(),
                brand.version());
    }

    private Optional<DeliveryFailure> send(Sender sender, Brand brand, Outbox.Mail mail) {
        if (!outbox.holds(mail)) {
            return Optional.empty(); // The claim has expired: another node has the email.
        }
        var fault = unconfirmedDeliveries.isTaken(mail.id())
                ? Optional.<DeliveryFailure>empty()
                : mailHandover.hand(sender, brand, mail);
        if (fault.isPresent()) {
            var why = fault.get();
            LOG.log(Level.WARNING, "mail not sent id={0} fault={1} reply={2}", mail.id(), why.kind(), why.words());
            outbox.failed(mail, why);
        } else {
            unconfirmedDeliveries.taken(mail.id());
            outbox.sent(mail.id(), MimeMessageBuilder.idOf(mail.id(), sender.host()));
            unconfirmedDeliveries.noted(mail.id());
        }
        return fault;
    }
}
