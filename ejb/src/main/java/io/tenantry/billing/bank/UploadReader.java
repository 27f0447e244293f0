package io.tenantry.billing.bank;

import io.tenantry.billing.bank.StatementProfiles.SavedProfile;
import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.billing.bank.statement.ReadDefaults;
import io.tenantry.billing.bank.statement.StatementFile;
import io.tenantry.billing.bank.statement.UnreadableStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads uploaded statements: with the mapping saved for their header or accounts, or else by detection. */
final class UploadReader {
    private final ReaderContext context;
    private final List<SavedProfile> saved;

    UploadReader(ReaderContext context, List<SavedProfile> saved) {
        this.context = context;
        this.saved = saved;
    }

    /**
     * The reseller's context for reading a file.
     *
     * @param names the configured names of columns
     */
    record ReaderContext(ReadDefaults defaults, Map<ColumnRole, String> names) {}

    /** A statement as read, and the saved mapping that was used. */
    record Upload(ImportReading reading, Optional<UUID> profileId) {
        /** Digest that identifies the same file. */
        String digest() {
            return UploadReader.digest(reading.file());
        }
    }

    static String digest(StatementFile file) {
        return TransactionFingerprints.digest(file.content());
    }

    Upload read(StatementFile file) throws UnreadableStatement {
        var detected = read(file, Map.of(), context);
        if (!detected.fingerprint().isEmpty()) {
            for (var profile : saved) {
                // An unknown header can only be read with the mapping saved for it.
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
