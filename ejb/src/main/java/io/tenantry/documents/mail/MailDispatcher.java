package io.tenantry.documents.mail;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.brand.SenderDomains;
import io.tenantry.config.Settings;
import io.tenantry.documents.InvoiceFiles;
import io.tenantry.documents.InvoiceFiles.Made;
import io.tenantry.documents.SettlementFiles;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.secret.VaultException;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.UnsupportedEncodingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes mails out of the outboxes of tenants and of the platform and sends them, outside of any transaction. A mail may go out twice if a node dies between
 * the server's answer and ours to the database, or if that answer never comes; it is never lost. When the server is not there, the rest of
 * a round waits, so that one attempt finds out and not each mail of each tenant.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailDispatcher {
    private static final Logger LOG = System.getLogger(MailDispatcher.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(10);

    @Resource(lookup = "java:jboss/mail/Tenantry")
    Session session;

    @Inject
    Outbox outbox;

    @Inject
    NotificationMails letters;

    @Inject
    InvoiceMails invoiceMails;

    @Inject
    InvoiceFiles invoiceFiles;

    @Inject
    SettlementMails settlementMails;

    @Inject
    SettlementFiles settlementFiles;

    @Inject
    OutboxSchedule outboxSchedule;

    @Inject
    UnconfirmedDeliveries unconfirmedDeliveries;

    @Inject
    Vault vault;

    @Inject
    Clock clock;

    @Inject
    Brands brands;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    /** Writes letters of what people were told, and sends what is due; without a mail server letters are only written. */
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
                isOpen = visit(sender, () -> write(tenant), now, isOpen);
            }
        }
    }

    /** Writes letters of what people of a tenant were told; whether there is more to write. */
    private boolean write(Tenant tenant) {
        var looked = letters.write(tenant);
        var documents = invoiceMails.write(tenant);
        var settled = settlementMails.write(tenant);
        return looked == NotificationMails.batch()
                || documents == InvoiceMails.BATCH
                || settled == SettlementMails.BATCH;
    }

    /**
     * Writes letters of one sender and sends its mails.
     *
     * @param letters writes them; whether there are more to write
     * @return whether mails may go on going out after it
     */
    private boolean visit(Sender sender, BooleanSupplier letters, Instant now, boolean isOpen) {
        try {
            return Tenancy.in(sender.scope(), () -> {
                var isMore = letters.getAsBoolean();
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

    /** A sender has a turn, so that a month's documents of one let the others wait only so long. */
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

    /** From the usual sender, if the published address is of a domain that is not, or no longer, the reseller's own; so no mail is lost. */
    private Brand proven(Brand brand) {
        var address = brand.contact().senderAddress();
        if (address.isEmpty()
                || SenderDomains.of(tenants.current(), tenants.all(), settings.platformHost())
                        .cover(address)) {
            return brand;
        }
        return new Brand(
                brand.name(),
                brand.look(),
                brand.contact().withoutSenderAddress(),
                brand.links(),
                brand.brandImages(),
                brand.version());
    }

    private Optional<DeliveryFailure> send(Sender sender, Brand brand, Outbox.Mail mail) {
        if (!outbox.holds(mail)) {
            return Optional.empty(); // It took too long to get here: another node has it.
        }
        var fault = unconfirmedDeliveries.isTaken(mail.id())
                ? Optional.<DeliveryFailure>empty()
                : hand(sender, brand, mail);
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

    private Optional<DeliveryFailure> hand(Sender sender, Brand brand, Outbox.Mail mail) {
        var host = sender.host();
        try {
            var whole = Outbox.opened(mail, vault);
            var files = enclosed(mail);
            if (files.isEmpty()) {
                return Optional.of(new DeliveryFailure(DeliveryFailure.Kind.UNPRINTED, ""));
            }
            return SmtpTransport.of(
                    session,
                    host,
                    MimeMessageBuilder.of(session, brand, whole, files.get(), settings.origin(host), host));
        } catch (VaultException locked) {
            LOG.log(Level.ERROR, "secret of a mail not readable id=" + mail.id(), locked);
            return Optional.of(new DeliveryFailure(DeliveryFailure.Kind.LOCKED, ""));
        } catch (MessagingException | UnsupportedEncodingException unusable) {
            var why = Objects.requireNonNullElse(unusable.getMessage(), "");
            return Optional.of(new DeliveryFailure(DeliveryFailure.Kind.UNWRITTEN, why));
        }
    }

    /** What goes with it; empty if that cannot be made. That is no fault of the mail server, so other mails go out. */
    private Optional<List<Made>> enclosed(Outbox.Mail mail) {
        if (mail.enclosure().filter(known -> !known.formats().isEmpty()).isEmpty()) {
            return Optional.of(List.of());
        }
        var attachment = mail.enclosure().get();
        try {
            var files = attachment.isSettlement()
                    ? settlementFiles.some(attachment.documentId(), attachment.formats(), mail.locale())
                    : invoiceFiles.some(attachment.documentId(), attachment.formats(), mail.locale());
            return Optional.of(files).filter(made -> !made.isEmpty());
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "files of a document not made document=" + attachment.documentId() + " mail=" + mail.id(),
                    failure);
            return Optional.empty();
        }
    }
}
