package io.tenantry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An embedded PostgreSQL with Tenantry's roles and database: the programs come from the class path (PostgreSQL 18) or from
 * {@link PostgresBinaries#GIVEN a folder of the machine}, the data is stored in a folder, and it listens on the loopback address only.
 *
 * <p>{@link #scratch()} is for tests and benchmarks: it creates a new one in about two seconds, which {@link #close()} deletes.
 * {@link #in(Path)} keeps its data. Works as root too (PostgreSQL refuses to, so it runs in a separate user namespace, or as {@code nobody}).
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String DATABASE = "tenantry";

    private static final Duration START_ATMOST = Duration.ofMinutes(5);
    private static final Duration STOP_ATMOST = Duration.ofMinutes(2);

    /** PostgreSQL's message while a process is alive that its killed postmaster had just started: the process ends when it notices. */
    private static final String STRAGGLERS = "pre-existing shared memory block";

    private static final Duration STRAGGLERS_ATMOST = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private static final Duration CRASH_ATMOST = Duration.ofSeconds(30);

    private final Path folder;
    private final PostgresPrograms programs;
    private final DataFolder dataFolder;
    private final int port;
    private final DatabaseSecrets secrets;
    private final boolean keep;
    private final Thread hook = new Thread(this::close, "scratch database's end");
    private boolean running;

    private EmbeddedDatabase(Path folder, int port, DatabaseSecrets secrets, boolean keep) {
        this.folder = folder;
        this.programs = new PostgresPrograms(folder);
        this.dataFolder = new DataFolder(folder, programs);
        this.port = port;
        this.secrets = secrets;
        this.keep = keep;
    }

    /** The configuration with which a database is started. */
    public static final class Builder {
        private final @Nullable Path kept;
        private final Map<String, String> settings = new TreeMap<>();
        private boolean inMemory;
        private int port;

        private Builder(@Nullable Path kept) {
            this.kept = kept;
            settings.put("shared_buffers", "256MB");
            settings.put("max_connections", "120");
            settings.put("max_locks_per_transaction", "256");
            settings.put("recovery_init_sync_method", "syncfs");
            settings.put("max_wal_size", "2GB");
            settings.put("checkpoint_timeout", "15min");
            settings.put("random_page_cost", "1.1");
            settings.put("timezone", "UTC");
            settings.put("log_timezone", "UTC");
            settings.put("log_min_messages", "warning");
        }

        /** Sets the port; the default is a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Sets a parameter of {@code postgresql.conf}, for instance {@code shared_buffers}, {@code 1GB}. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /**
         * Disables waiting for the disk: faster, but the data is lost if the machine crashes. Recent commits are lost as well if PostgreSQL is
         * killed. For tests only.
         */
        public Builder careless() {
            return setting("fsync", "off")
                    .setting("synchronous_commit", "off")
                    .setting("full_page_writes", "off")
                    .inMemory();
        }

        /**
         * Keeps the files of a scratch database in memory if the machine has a file system for that with enough space. What is committed survives
         * the end of PostgreSQL's processes, but not the machine's.
         */
        public Builder inMemory() {
            inMemory = true;
            return setting("max_wal_size", "512MB");
        }

        private Path folder() {
            if (kept != null) {
                return kept.toAbsolutePath().normalize();
            }
            return inMemory ? TempFolders.newFolderInMemory() : TempFolders.newFolder();
        }

        /** Starts the database and runs the bootstrap script. */
        public EmbeddedDatabase start() {
            return EmbeddedDatabase.start(this);
        }
    }

    /** Configures a database whose data is kept in the folder, which is created if necessary. Durable: a commit is on the disk. */
    public static Builder in(Path folder) {
        return new Builder(folder);
    }

    /** Starts a new empty database on a free port, for tests: not durable if the machine crashes, deleted when closed. */
    public static EmbeddedDatabase scratch() {
        return scratchBuilder().careless().start();
    }

    /** Configures a database like {@link #scratch()} with other settings; durable unless {@link Builder#careless()}. */
    public static Builder scratchBuilder() {
        TempFolders.sweep();
        return new Builder(null);
    }

    private static EmbeddedDatabase start(Builder config) {
        var keep = config.kept != null;
        var folder = config.folder();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartupException("cannot create the data folder " + folder + ": " + e.getMessage(), e);
        }
        var port = config.port == 0 ? Ports.free() : config.port;
        var database = new EmbeddedDatabase(folder, port, DatabaseSecrets.of(folder), keep);
        if (keep) {
            Postmaster.endOrphan(folder);
        }
        var ready = false;
        try {
            database.dataFolder.create(database.secrets.password("postgres"));
            database.dataFolder.configure(config.settings, port);
            database.launch();
            database.bootstrap();
            ready = true;
        } catch (SQLException e) {
            throw new StartupException(
                    "the database in " + folder + " cannot be made ready: " + e.getMessage()
                            + "; if the folder is damaged, restore it or remove it",
                    e);
        } finally {
            if (!ready) {
                database.close();
            }
        }
        if (!keep) {
            Runtime.getRuntime().addShutdownHook(database.hook);
        }
        return database;
    }

    /**
     * Leaves closing a scratch database at the end of this process to the caller: shutdown hooks run side by side, and a server that stops after
     * its database waits for it.
     */
    void leaveClosingToCaller() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void launch() {
        var log = dataFolder.log();
        var end = System.nanoTime() + STRAGGLERS_ATMOST.toNanos();
        while (true) {
            TempFolders.delete(log);
            var answer = programs.execute(
                    START_ATMOST,
                    "pg_ctl",
                    List.of(
                            "start",
                            "--pgdata=" + dataFolder.data(),
                            "--log=" + log,
                            "--wait",
                            "--timeout=" + START_ATMOST.toSeconds(),
                            "--silent"));
            if (answer.code() == 0) {
                running = true;
                return;
            }
            var reason = reason(log, answer.output());
            if (!reason.contains(STRAGGLERS)) {
                throw new StartupException("PostgreSQL does not start on the data in " + folder + ": " + reason
                        + "; restore the folder from a backup, or remove it to start with an empty database");
            }
            if (System.nanoTime() > end) {
                throw new StartupException("processes of a PostgreSQL that was killed still work on the data in "
                        + folder + " (" + reason + "); end them, or restart the machine");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private static String reason(Path log, String otherwise) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                    .map(line -> line.replaceFirst("^.*?(FATAL|PANIC):\\s*", ""))
                    .findFirst()
                    .orElse(otherwise.strip());
        } catch (IOException e) {
            return otherwise.strip();
        }
    }

    private void bootstrap() throws SQLException {
        new PsqlScript(
                        "bootstrap.sql",
                        this::superuser,
                        Map.of(
                                "tenantry_password", password(DatabaseUser.RUNTIME),
                                "tenantry_admin_password", password(DatabaseUser.ADMIN),
                                "tenantry_batch_password", password(DatabaseUser.BATCH)))
                .run("postgres");
    }

    /**
     * Runs one of the scripts that are shipped for operators, as PostgreSQL's superuser, as psql would.
     *
     * @param script its name beside {@code bootstrap.sql}
     * @param variables the variables that psql takes with {@code -v}
     * @throws SQLException if the script fails
     */
    public void run(String script, Map<String, String> variables) throws SQLException {
        new PsqlScript(script, this::superuser, variables).run(DATABASE);
    }

    /** Returns the environment with which PostgreSQL's own programs connect to this database as its superuser. */
    public Map<String, String> superuserEnvironment() {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(port),
                "PGDATABASE",
                DATABASE,
                "PGUSER",
                "postgres",
                "PGPASSWORD",
                secrets.password("postgres"));
    }

    /** Returns the JDBC URL of database {@code tenantry}, without user and password. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** Returns the port on which it listens, on the loopback address. */
    public int port() {
        return port;
    }

    /** Returns the folder of the data. */
    public Path folder() {
        return folder;
    }

    /** Returns the process id of the postmaster. */
    public long pid() {
        return Postmaster.find(folder).orElseThrow(() -> new IllegalStateException("no PostgreSQL runs in " + folder));
    }

    /** Returns the password of one of the three users; random, stored with the data. */
    public String password(DatabaseUser databaseUser) {
        return secrets.password(databaseUser.user());
    }

    /** Returns a source of unpooled connections as one of the three users. */
    public DataSource dataSource(DatabaseUser databaseUser) {
        return connections(DATABASE, databaseUser.user(), password(databaseUser));
    }

    /** Returns a source of unpooled connections as PostgreSQL's superuser, for tests that need unrestricted access. */
    public DataSource superuser() {
        return superuser(DATABASE);
    }

    private DataSource superuser(String database) {
        return connections(database, "postgres", secrets.password("postgres"));
    }

    private DataSource connections(String database, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        source.setConnectTimeout(10);
        return source;
    }

    /** Returns the environment that a server needs to use this database: {@code TENANTRY_DB_URL} and the three passwords. */
    public Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        environment.put("TENANTRY_DB_URL", url());
        for (var databaseUser : DatabaseUser.values()) {
            environment.put(databaseUser.passwordVariable(), password(databaseUser));
        }
        return environment;
    }

    /** Kills every process of this PostgreSQL at once, as a crash would. {@link #restart()} starts it again. */
    public void crash() {
        var postmaster = ProcessHandle.of(pid()).orElseThrow();
        var children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        var all = new ArrayList<>(children);
        all.add(postmaster);
        if (!Processes.awaitEnd(all, CRASH_ATMOST)) {
            throw new StartupException(
                    "PostgreSQL (process " + postmaster.pid() + ") in " + folder + " cannot be killed");
        }
        running = false;
    }

    /** Restarts on the same port, with the same settings, after {@link #crash()} or while running. */
    public void restart() {
        if (running) {
            stop("fast");
        }
        TempFolders.delete(dataFolder.data().resolve("postmaster.pid"));
        launch();
    }

    /** Stops the database; a scratch database is deleted as well. */
    @Override
    public synchronized void close() {
        if (running) {
            stop(keep ? "fast" : "immediate");
        }
        if (!keep) {
            TempFolders.delete(folder);
        }
    }

    private void stop(String mode) {
        programs.run(
                STOP_ATMOST,
                "pg_ctl",
                List.of(
                        "stop",
                        "--pgdata=" + dataFolder.data(),
                        "--mode=" + mode,
                        "--wait",
                        "--timeout=" + STOP_ATMOST.toSeconds(),
                        "--silent"));
        running = false;
    }
}
