package io.tenantry.documents.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Sends messages to the mail server, each over a separate connection. Once the server has accepted a message, later errors do not affect the
 * result: a failing QUIT is not a failure of the email.
 */
final class SmtpTransport {
    private static final Logger LOG = System.getLogger(SmtpTransport.class.getName());

    /** In milliseconds; all responses of a conversation together stay within a lease of {@link Outbox}. */
    private static final Map<String, String> USUAL =
            Map.of("connectiontimeout", "10000", "timeout", "30000", "writetimeout", "30000", "quitwait", "false");

    private SmtpTransport() {}

    /**
     * Sends a message, and returns why it was not accepted; empty if it was.
     *
     * @param host the client's name: mail servers write it into the message, so it is the tenant's host and not this machine's
     */
    static Optional<DeliveryFailure> of(Session session, String host, MimeMessageBuilder mimeMessageBuilder) {
        prepare(session.getProperties(), host);
        try {
            var recipients = mimeMessageBuilder.getAllRecipients();
            var transport = session.getTransport(recipients[0]);
            try {
                transport.connect();
                transport.sendMessage(mimeMessageBuilder, recipients);
            } finally {
                close(transport);
            }
            return Optional.empty();
        } catch (MessagingException failure) {
            LOG.log(Level.DEBUG, "SMTP session failed", failure);
            return Optional.of(DeliveryFailure.of(failure, mimeMessageBuilder.isHandedOver()));
        }
    }

    /**
     * Sets timeouts, unless the server's configuration has them. If encryption is configured, nothing is sent to a server without it, because
     * an attacker in between may have removed the offer.
     */
    private static void prepare(Properties properties, String host) {
        for (var protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
            properties.setProperty(protocol + "localhost", host);
            USUAL.forEach((name, value) -> properties.putIfAbsent(protocol + name, value));
            if (Boolean.parseBoolean(properties.getProperty(protocol + "starttls.enable"))) {
                properties.putIfAbsent(protocol + "starttls.required", "true");
            }
        }
    }

    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException failure) {
            LOG.log(Level.DEBUG, "SMTP QUIT failed", failure);
        }
    }
}
