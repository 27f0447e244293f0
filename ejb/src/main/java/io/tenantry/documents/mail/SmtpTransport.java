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
 * Hands messages to the mail server, each in a conversation of its own. Once the server has taken a message nothing that follows can make it
 * look as if it had not: a goodbye that fails is no fault of the mail.
 */
final class SmtpTransport {
    private static final Logger LOG = System.getLogger(SmtpTransport.class.getName());

    /** In milliseconds; all replies of a conversation together stay within a lease of {@link Outbox}. */
    private static final Map<String, String> USUAL =
            Map.of("connectiontimeout", "10000", "timeout", "30000", "writetimeout", "30000", "quitwait", "false");

    private SmtpTransport() {}

    /**
     * Why the message was not taken; empty if it was.
     *
     * @param host as whom we come: mail servers write it into the message, so it is the tenant's and not this machine's
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
            LOG.log(Level.DEBUG, "conversation with the mail server failed", failure);
            return Optional.of(DeliveryFailure.of(failure, mimeMessageBuilder.isHandedOver()));
        }
    }

    /**
     * Bounds of time, unless the server's configuration has its own; and where encryption was asked for, a server without it gets
     * nothing: somebody in between may have taken its offer away.
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
            LOG.log(Level.DEBUG, "goodbye to the mail server failed", failure);
        }
    }
}
