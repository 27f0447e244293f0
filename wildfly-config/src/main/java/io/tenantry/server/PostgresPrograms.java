package io.tenantry.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's programs, run as a user that PostgreSQL accepts. */
final class PostgresPrograms {
    private final Path folder;
    private final Path programs = PostgresBinaries.programs();
    private final List<String> asUser = Unprivileged.prefix();

    /**
     * Creates the programs for the database in a folder.
     *
     * @param folder named in messages
     */
    PostgresPrograms(Path folder) {
        this.folder = folder;
    }

    /** Runs a program until it ends, and throws if it fails. */
    void run(Duration atMost, String program, List<String> arguments) {
        var answer = execute(atMost, program, arguments);
        if (answer.code() != 0) {
            throw new StartupException(program + " failed in " + folder + ": "
                    + answer.output().strip().replaceAll("\\s*\\n\\s*", "; "));
        }
    }

    /** Runs a program until it ends, regardless of its exit code. */
    Command.Answer execute(Duration atMost, String program, List<String> arguments) {
        var line = new ArrayList<>(asUser);
        line.add(programs.resolve(program).toString());
        line.addAll(arguments);
        return Command.of(line).run(atMost);
    }
}
