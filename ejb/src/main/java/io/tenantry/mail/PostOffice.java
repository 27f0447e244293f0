package io.tenantry.mail;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.config.Settings;
import io.tenantry.secret.VaultLocked;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes mails out of tenants' outboxes and sends them, outside of any transaction. A mail may go out twice if a node dies between
 * the server's answer and ours to the database; it is never lost.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PostOffice {
    private static final Logger LOG = System.getLogger(PostOffice.class.getName());
    private static final String TIMEOUT_MILLIS = "10000";
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    @Resource(lookup = "java:jboss/mail/Tenantry")
    Session session;

    @Inject
    Outbox outbox;

    @Inject
    NoticeLetters letters;

    @Inject
    Rounds rounds;

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
        for (var tenant : tenants.chargeable()) {
            if (rounds.take(tenant, now) || all) {
                visit(tenant, now);
            }
        }
    }

    private void visit(Tenant tenant, Instant now) {
        try {
            Tenancy.in(tenant.id(), () -> {
                var looked = letters.write(tenant);
                if (!settings.mailHost().isEmpty()) {
                    deliver(tenant);
                }
                var isMore = looked == NoticeLetters.batch();
                rounds.later(tenant, isMore ? Optional.of(now) : outbox.nextTry());
                return true;
            });
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "outbox not worked off tenant=" + tenant.id(), failure);
            rounds.later(tenant, Optional.of(now.plus(AFTER_FAILURE)));
        }
    }

    private void deliver(Tenant tenant) {
        var due = outbox.claim();
        if (due.isEmpty()) {
            return;
        }
        var brand = brands.current();
        for (var mail : due) {
            try {
                outbox.sent(mail.id(), send(tenant, brand, outbox.opened(mail)));
            } catch (MessagingException | UnsupportedEncodingException | VaultLocked failure) {
                LOG.log(Level.WARNING, "mail not sent id={0} fault={1}", mail.id(), failure.getMessage());
                outbox.failed(mail, Objects.requireNonNullElse(failure.getMessage(), "unknown"));
            }
        }
    }

    private String send(Tenant tenant, Brand brand, Outbox.Mail mail)
            throws MessagingException, UnsupportedEncodingException {
        for (var protocol : new String[] {"smtp", "smtps"}) {
            session.getProperties().put("mail." + protocol + ".connectiontimeout", TIMEOUT_MILLIS);
            session.getProperties().put("mail." + protocol + ".timeout", TIMEOUT_MILLIS);
            session.getProperties().put("mail." + protocol + ".writetimeout", TIMEOUT_MILLIS);
        }
        var message = message(session, brand, mail, settings.origin(tenant.primaryHost()), tenant.primaryHost());
        Transport.send(message);
        return message.getMessageID();
    }

    /**
     * The message with both forms of the letter; addresses are parsed, so that none can begin another head. Its id is made of ours
     * and of the tenant's host: the same mail sent twice has the same, and nothing in it names the platform.
     */
    static MimeMessage message(Session session, Brand brand, Outbox.Mail mail, String origin, String host)
            throws MessagingException, UnsupportedEncodingException {
        var letter = new Letters(brand, mail.locale(), origin).written(mail.letter(), mail.variables());
        var utf8 = StandardCharsets.UTF_8.name();
        var contact = brand.contact();
        var message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + mail.id() + "@" + host + ">");
            }
        };
        var name = contact.senderName().isEmpty() ? brand.name() : contact.senderName();
        var address = contact.senderAddress().isEmpty() ? "no-reply@" + host : contact.senderAddress();
        message.setFrom(new InternetAddress(address, name, utf8));
        if (!contact.answersTo().isEmpty()) {
            message.setReplyTo(new InternetAddress[] {new InternetAddress(contact.answersTo(), true)});
        }
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.recipient(), true));
        message.setSubject(letter.subject(), utf8);
        message.setHeader("Auto-Submitted", "auto-generated");
        var text = new MimeBodyPart();
        text.setText(letter.text(), utf8);
        var html = new MimeBodyPart();
        html.setContent(letter.html(), "text/html; charset=UTF-8");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }
}
