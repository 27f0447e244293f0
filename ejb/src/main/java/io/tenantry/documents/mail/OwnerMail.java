package io.tenantry.documents.mail;

import io.tenantry.config.Settings;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.UnsupportedEncodingException;

/**
 * Emails to the platform's owner about the installation itself, sent immediately and without an outbox, because the database may be the
 * problem.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OwnerMail {
    private static final System.Logger LOG = System.getLogger(OwnerMail.class.getName());

    @Resource(lookup = "java:jboss/mail/Tenantry")
    Session session;

    @Inject
    Settings settings;

    /** Sends a plain text, and returns whether the mail server accepted it. Without a mail server or an owner nothing is sent. */
    public boolean send(String subject, String text) {
        if (settings.mailHost().isEmpty() || settings.platformOwnerEmail().isEmpty()) {
            return false;
        }
        var host = settings.platformHost();
        try {
            var fault = SmtpTransport.of(
                    session,
                    host,
                    MimeMessageBuilder.plain(session, host, settings.platformOwnerEmail(), subject, text));
            fault.ifPresent(why -> LOG.log(
                    System.Logger.Level.WARNING,
                    "mail to the owner not sent fault={0} reply={1}",
                    why.kind(),
                    why.words()));
            return fault.isEmpty();
        } catch (MessagingException | UnsupportedEncodingException unusable) {
            LOG.log(System.Logger.Level.WARNING, "mail to the owner not written", unusable);
            return false;
        }
    }
}
