package io.tenantry.billing.bank;

import io.tenantry.billing.bank.StatementImportTransactions.ReaderContext;
import io.tenantry.billing.bank.StatementImportTransactions.SavedProfile;
import io.tenantry.billing.bank.statement.StatementFile;
import io.tenantry.billing.bank.statement.UnreadableStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads uploaded statements: by the mapping that was saved for their heading, or else as they are detected. */
final class UploadReader {
    private final ReaderContext context;
    private final List<SavedProfile> saved;

    UploadReader(ReaderContext context, List<SavedProfile> saved) {
        this.context = context;
        this.saved = saved;
    }

    /** A statement as it was read, and the saved mapping that it was read by. */
    record Upload(ImportReading reading, Optional<UUID> profileId) {
        /** By what the same file is known. */
        String digest() {
            return UploadReader.digest(reading.file());
        }
    }

    static String digest(StatementFile file) {
        return TransactionFingerprints.digest(file.content());
    }

    Upload read(StatementFile file) throws UnreadableStatement {
        var detected = read(file, Map.of(), context);
        if (detected.layout().isPresent()) {
            for (var profile : saved) {
                // A heading that nobody knows is found only with the mapping that was saved for it.
                if (profile.fingerprint().equals(detected.fingerprint())
                        || detected.problem().isPresent()) {
                    var reading = read(file, profile.settings(), context);
                    if (profile.fingerprint().equals(reading.fingerprint())) {
                        return new Upload(reading, Optional.of(profile.id()));
                    }
                }
            }
        }
        return new Upload(detected, Optional.empty());
    }

    static ImportReading read(StatementFile file, Map<String, String> settings, ReaderContext context)
            throws UnreadableStatement {
        return ImportReading.of(file, settings, context.names(), context.defaults());
    }
}
