package io.tenantry.web.undo;

import io.tenantry.brand.BrandEditor;
import io.tenantry.brand.LegalTexts;
import io.tenantry.brand.storefront.StorefrontEditor;
import io.tenantry.catalog.Plan;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.kernel.money.Money;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The way back from something that was done. It knows how things were left, and goes back only if they still are so; the right to do it and
 * the audit record are the use case's. It waits in the session of whoever did it.
 */
public sealed interface UndoAction extends Serializable {
    /** The page on which the result is seen. */
    String path();

    /** Goes back; false if something else has happened since. */
    boolean back(UndoOperations undoOperations);

    /** An enquiry was noted as dealt with. */
    record ContactMessageResolved(UUID id, Instant at) implements UndoAction {
        @Override
        public String path() {
            return "/staff/contact-messages";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.contactMessages.reopen(id, at);
        }
    }

    /** A question was taken off the website. */
    record FaqEntryRemoved(StorefrontEditor.Removed question) implements UndoAction {
        @Override
        public String path() {
            return "/staff/site?language=" + question.language() + "#questions";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.site.putBack(question);
        }
    }

    /**
     * An announcement was added, changed or taken back.
     *
     * @param before nothing if it was not there
     * @param left nothing if it was taken back
     */
    record AnnouncementChanged(
            UUID id,
            @Nullable AnnouncementSnapshot before,
            @Nullable AnnouncementSnapshot left) implements UndoAction {
        @Override
        public String path() {
            return "/staff/announcements";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.announcements.putBack(
                    id,
                    Optional.ofNullable(before).map(AnnouncementSnapshot::announcement),
                    Optional.ofNullable(left).map(AnnouncementSnapshot::announcement));
        }
    }

    /** An SSH key was taken away from an organization. */
    record SshKeyDeleted(SshKeys.Key key) implements UndoAction {
        @Override
        public String path() {
            return "/portal/ssh-keys";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.keys.putBack(key);
        }
    }

    /** A start-up script was taken away from an organization. */
    record ScriptDropped(StartupScripts.Script script) implements UndoAction {
        @Override
        public String path() {
            return "/portal/scripts";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.scripts.putBack(script);
        }
    }

    /** A disruption was said to be over. */
    record IncidentResolved(UUID id, Instant at) implements UndoAction {
        @Override
        public String path() {
            return "/staff/incidents";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.incidents.reopen(id, at);
        }
    }

    /** A wallet may go another amount below zero. */
    record LimitChanged(UUID organization, UUID wallet, Currency currency, BigDecimal before, BigDecimal left)
            implements UndoAction {
        @Override
        public String path() {
            return "/staff/customer?id=" + organization;
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.wallets.limitBack(wallet, new Money(left, currency), new Money(before, currency));
        }
    }

    /** A plan was taken off sale. */
    record PlanRetired(UUID id, Plan.State before) implements UndoAction {
        @Override
        public String path() {
            return "/staff/plan?id=" + id;
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.catalog.reinstate(id, before);
        }
    }

    /** A version of the brand was put in force. */
    record BrandPublished(long version) implements UndoAction {
        @Override
        public String path() {
            return "/staff/brand";
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.brand.takeBack(version) instanceof BrandEditor.Outcome.Published;
        }
    }

    /** A version of a legal text was put in force. */
    record LegalPublished(LegalTexts.Kind kind, int version) implements UndoAction {
        @Override
        public String path() {
            return "/staff/legal?text=" + kind.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.texts.takeBack(kind, version) == LegalTexts.Outcome.DONE;
        }
    }

    /**
     * All notices were marked as read.
     *
     * @param path the page of notices of whoever did it
     */
    record NoticesRead(String path, Instant at) implements UndoAction {
        @Override
        public boolean back(UndoOperations undoOperations) {
            return undoOperations.notificationInbox.unreadAgain(at);
        }
    }
}
