package io.tenantry.mail;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.config.Settings;
import io.tenantry.paper.DocumentFiles;
import io.tenantry.paper.DocumentFiles.Made;
import io.tenantry.paper.SettlementFiles;
import io.tenantry.secret.Vault;
import io.tenantry.secret.VaultLocked;
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

/**
 * Takes mails out of tenants' outboxes and sends them, outside of any transaction. A mail may go out twice if a node dies between
 * the server's answer and ours to the database, or if that answer never comes; it is never lost. When the server is not there, the rest of
 * a round waits, so that one attempt finds out and not each mail of each tenant.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PostOffice {
    private static final Logger LOG = System.getLogger(PostOffice.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(10);

    @Resource(lookup = "java:jboss/mail/Tenantry")
    Session session;

    @Inject
    Outbox outbox;

    @Inject
    NoticeLetters letters;

    @Inject
    DocumentLetters documentLetters;

    @Inject
    DocumentFiles documentFiles;

    @Inject
    SettlementLetters settlementLetters;

    @Inject
    SettlementFiles settlementFiles;

    @Inject
    Rounds rounds;

    @Inject
    Receipts receipts;

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
        var all = rounds.isTimeForAll(now);
        var isOpen = !settings.mailHost().isEmpty();
        for (var tenant : tenants.chargeable()) {
            if (rounds.take(tenant, now) || all) {
                isOpen = visit(tenant, now, isOpen);
            }
        }
    }

    /** Whether mails may go on going out after it. */
    private boolean visit(Tenant tenant, Instant now, boolean isOpen) {
        try {
            return Tenancy.in(tenant.id(), () -> {
                var looked = letters.write(tenant);
                var documents = documentLetters.write(tenant);
                var settled = settlementLetters.write(tenant);
                var isStillOpen = isOpen && deliver(tenant);
                var isMore = looked == NoticeLetters.batch()
                        || documents == DocumentLetters.BATCH
                        || settled == SettlementLetters.BATCH;
                rounds.later(tenant, isMore ? Optional.of(now) : outbox.nextTry());
                return isStillOpen;
            });
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "outbox not worked off tenant=" + tenant.id(), failure);
            rounds.later(tenant, Optional.of(now.plus(AFTER_FAILURE)));
            return isOpen;
        }
    }

    /** A tenant has a turn, so that a month's documents of one let the others wait only so long. */
    private boolean deliver(Tenant tenant) {
        var until = clock.instant().plus(TURN);
        for (var due = outbox.claim(); !due.isEmpty(); due = outbox.claim()) {
            if (!deliver(tenant, due)) {
                return false;
            }
            if (clock.instant().isAfter(until)) {
                break;
            }
        }
        return true;
    }

    private boolean deliver(Tenant tenant, List<Outbox.Mail> due) {
        var brand = brands.current();
        for (var next = 0; next < due.size(); next++) {
            if (send(tenant, brand, due.get(next)).filter(Fault::isOfTheServer).isPresent()) {
                outbox.putBack(due.subList(next + 1, due.size()));
                return false;
            }
        }
        return true;
    }

    private Optional<Fault> send(Tenant tenant, Brand brand, Outbox.Mail mail) {
        if (!outbox.holds(mail)) {
            return Optional.empty(); // It took too long to get here: another node has it.
        }
        var fault = receipts.isTaken(mail.id()) ? Optional.<Fault>empty() : hand(tenant, brand, mail);
        if (fault.isPresent()) {
            var why = fault.get();
            LOG.log(Level.WARNING, "mail not sent id={0} fault={1} reply={2}", mail.id(), why.kind(), why.words());
            outbox.failed(mail, why);
        } else {
            receipts.taken(mail.id());
            outbox.sent(mail.id(), Post.idOf(mail.id(), tenant.primaryHost()));
            receipts.noted(mail.id());
        }
        return fault;
    }

    private Optional<Fault> hand(Tenant tenant, Brand brand, Outbox.Mail mail) {
        var host = tenant.primaryHost();
        try {
            var whole = Outbox.opened(mail, vault);
            var files = enclosed(mail);
            if (files.isEmpty()) {
                return Optional.of(new Fault(Fault.Kind.UNPRINTED, ""));
            }
            return Handover.of(session, host, Post.of(session, brand, whole, files.get(), settings.origin(host), host));
        } catch (VaultLocked locked) {
            LOG.log(Level.ERROR, "secret of a mail not readable id=" + mail.id(), locked);
            return Optional.of(new Fault(Fault.Kind.LOCKED, ""));
        } catch (MessagingException | UnsupportedEncodingException unusable) {
            var why = Objects.requireNonNullElse(unusable.getMessage(), "");
            return Optional.of(new Fault(Fault.Kind.UNWRITTEN, why));
        }
    }

    /** What goes with it; empty if that cannot be made. That is no fault of the mail server, so other mails go out. */
    private Optional<List<Made>> enclosed(Outbox.Mail mail) {
        if (mail.enclosure().filter(known -> !known.formats().isEmpty()).isEmpty()) {
            return Optional.of(List.of());
        }
        var enclosure = mail.enclosure().get();
        try {
            var files = enclosure.isSettlement()
                    ? settlementFiles.some(enclosure.documentId(), enclosure.formats(), mail.locale())
                    : documentFiles.some(enclosure.documentId(), enclosure.formats(), mail.locale());
            return Optional.of(files).filter(made -> !made.isEmpty());
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "files of a document not made document=" + enclosure.documentId() + " mail=" + mail.id(),
                    failure);
            return Optional.empty();
        }
    }
}
