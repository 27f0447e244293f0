package io.tenantry.documents.mail;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Emails that the mail server has accepted from this node but that are not marked as sent yet. This usually lasts a moment; if the database is
 * unavailable in it, the email becomes due again later, and must then be marked and not sent again.
 */
@ApplicationScoped
public class UnconfirmedDeliveries {
    private final Set<UUID> taken = ConcurrentHashMap.newKeySet();

    void taken(UUID mailId) {
        taken.add(mailId);
    }

    boolean isTaken(UUID mailId) {
        return taken.contains(mailId);
    }

    void noted(UUID mailId) {
        taken.remove(mailId);
    }
}
