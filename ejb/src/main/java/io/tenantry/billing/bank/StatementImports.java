package io.tenantry.billing.bank;

import io.tenantry.billing.bank.UploadReader.Upload;
import io.tenantry.billing.bank.statement.StatementFile;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.billing.bank.statement.StatementReader;
import io.tenantry.billing.bank.statement.UnreadableStatement;
import io.tenantry.kernel.limits.TimeLimit;
import io.tenantry.kernel.limits.TimeLimitExceededException;
import io.tenantry.people.identity.NotFoundException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Imports bank statement files: a file is stored as a draft, previewed, and posted after a person has confirmed exactly that preview. Files are
 * read outside of transactions; each step that writes is a transaction of {@link StatementDrafts} or {@link StatementPosting}; credits follow
 * the posting one by one, each in a separate transaction, so that no wallet is locked for long.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StatementImports {
    /** Maximum size of an uploaded file in bytes. */
    public static final int BYTES_MAX = 4_000_000;

    private static final Logger LOG = System.getLogger(StatementImports.class.getName());
    private static final int CREDITS_MAX = 50_000;

    /** Processor time for reading an upload. */
    private static final Duration READING_MAX = Duration.ofSeconds(20);

    @Inject
    StatementDrafts drafts;

    @Inject
    StatementPosting posting;

    @Inject
    StatementProfiles profiles;

    @Inject
    BankTransactions lines;

    /** Outcome of an upload. */
    public sealed interface UploadOutcome {
        /**
         * Drafts were stored, one for each statement in the file.
         *
         * @param known the number of statements of an archive that were posted before, and are skipped
         * @param left the number of statements that were not stored, because too many files wait
         */
        record Saved(List<UUID> imports, int known, int left) implements UploadOutcome {
            /** Whether the file contained exactly one statement, and it is a draft. */
            public boolean isOne() {
                return imports.size() == 1 && known == 0 && left == 0;
            }
        }

        /** Nothing was stored. */
        record Unreadable(StatementProblem problem) implements UploadOutcome {}

        /** The maximum number of files is already waiting. */
        record TooManyDrafts(int most) implements UploadOutcome {}
    }

    /** Outcome of posting. */
    public sealed interface PostOutcome {
        /** It is posted, by this call or an earlier one. */
        record Posted(UUID importId) implements PostOutcome {}

        /** It differs from what was shown: it was read with other settings or discarded concurrently. */
        record Changed() implements PostOutcome {}

        /** No row of it could be read. */
        record Nothing() implements PostOutcome {}

        /** The file's own figures differ, and this has not been confirmed as acceptable. */
        record NotAcknowledged() implements PostOutcome {}
    }

    /** State of a file. */
    public enum State {
        DRAFT,
        POSTED,
        DISCARDED
    }

    /**
     * Stores the statements in an uploaded file as drafts; nothing is posted. Statements of an archive that were posted before are skipped, so
     * that an archive with more statements than may wait is imported by uploading it repeatedly.
     */
    public UploadOutcome upload(String fileName, byte[] content) {
        var reader = new UploadReader(drafts.context(), profiles.saved());
        if (content.length > BYTES_MAX) {
            return unreadable(StatementProblem.Reason.TOO_LARGE);
        }
        try {
            var files = StatementReader.open(name(fileName), content);
            var posted = files.size() == 1
                    ? Set.<String>of()
                    : drafts.posted(files.stream().map(UploadReader::digest).collect(Collectors.toSet()));
            var uploads = limited(READING_MAX, () -> {
                var read = new ArrayList<Upload>();
                for (var file : files) {
                    if (!posted.contains(UploadReader.digest(file))) {
                        read.add(reader.read(file));
                    }
                }
                return read;
            });
            return keep(uploads, files.size() - uploads.size());
        } catch (UnreadableStatement unreadable) {
            return new UploadOutcome.Unreadable(unreadable.problem());
        }
    }

    private UploadOutcome keep(List<Upload> uploads, int known) {
        var kept = new ArrayList<UUID>();
        for (var upload : uploads) {
            drafts.keep(upload.digest(), upload.reading(), upload.profileId()).ifPresent(kept::add);
        }
        return kept.isEmpty() && !uploads.isEmpty()
                ? new UploadOutcome.TooManyDrafts(StatementDrafts.DRAFTS_MAX)
                : new UploadOutcome.Saved(List.copyOf(kept), known, uploads.size() - kept.size());
    }

    /**
     * Limits the processor time of an upload, for all files of an archive together: a few kilobytes can unpack to megabytes of text that is
     * expensive to judge. Real files of 20,000 rows take about five seconds.
     */
    static <T> T limited(Duration most, TimeLimit.Work<T, UnreadableStatement> reading) throws UnreadableStatement {
        try {
            return TimeLimit.ofProcessor(most, reading);
        } catch (TimeLimitExceededException slow) {
            throw new UnreadableStatement(StatementProblem.Reason.TOO_SLOW, "");
        }
    }

    private static UploadOutcome unreadable(StatementProblem.Reason reason) {
        return new UploadOutcome.Unreadable(new StatementProblem(reason, 0, ""));
    }

    private static String name(String fileName) {
        var name = FileText.line(fileName.replaceAll(".*[/\\\\]", ""), 120);
        return name.isEmpty() ? "-" : name;
    }

    /**
     * Reads a draft with other settings; nothing is posted.
     *
     * @param version the version of the draft that was shown
     * @param settings by the names of {@link ProfileSettings}
     * @return false if it was changed, posted or discarded in the meantime
     * @throws NotFoundException if there is no such file
     */
    public boolean reread(UUID id, int version, Map<String, String> settings) {
        var context = drafts.context();
        var draft = drafts.draft(id);
        if (draft.isEmpty() || draft.get().version() != version) {
            return false;
        }
        var known = ProfileSettings.known(settings);
        var file = new StatementFile(
                draft.get().fileName(), draft.get().format(), draft.get().content());
        try {
            var reading = limited(READING_MAX, () -> UploadReader.read(file, known, context));
            return drafts.reread(id, version, reading, Optional.empty());
        } catch (UnreadableStatement unreadable) {
            return drafts.refuse(id, version, known, unreadable.problem());
        }
    }

    /**
     * Posts a draft as it was shown, and makes the credits that were shown. Idempotent: repeated and concurrent calls get the same result, and
     * everything happens once.
     *
     * @param version the version of the draft that was shown
     * @param isAcknowledged whether the person has confirmed that differing figures are acceptable
     * @throws NotFoundException if there is no such file
     */
    public PostOutcome post(UUID id, int version, boolean isAcknowledged) {
        var outcome = posting.post(id, version, isAcknowledged);
        if (outcome instanceof PostOutcome.Posted) {
            creditPending();
        }
        return outcome;
    }

    /**
     * Makes the outstanding credits of posted files, which were just posted or whose crediting was interrupted by a crash. A failed credit does
     * not stop the others. Returns the number of credits.
     */
    public int creditPending() {
        var credited = 0;
        for (var certainMatch : lines.certain(CREDITS_MAX)) {
            try {
                if (lines.bookCertain(certainMatch.lineId(), certainMatch.organizationId())
                        == BankTransactions.Outcome.DONE) {
                    credited++;
                }
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "bank line not credited id=" + certainMatch.lineId(), failure);
            }
        }
        if (credited > 0) {
            lines.rematch();
        }
        return credited;
    }

    /**
     * Discards a draft: nothing of it is posted.
     *
     * @return false if it was already posted or discarded
     * @throws NotFoundException if there is no such file
     */
    public boolean discard(UUID id) {
        return drafts.discard(id);
    }
}
