package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A table has one owner: the package whose file {@code db/<schema>/<district>/<package>.sql} creates it. Only the owner writes to it, in Java or in its
 * functions. Others read it if they may depend on the owner: if its district is below theirs, or it is in the same district and nothing leads from it
 * back to them. Everybody reads views ({@code <what>_v}), which the owner offers. What is read and written is found in the SQL of the sources; functions
 * belong to the package that their change set is named after.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableOwnershipTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("tenants", "ejb", "batch", "web");
    private static final Pattern CREATED = Pattern.compile("(?m)^create (table|view) (\\w+)");
    private static final Pattern CHANGE = Pattern.compile("(?m)^--changeset (\\w+):");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?io\\.tenantry\\.([\\w.]+);");
    private static final Pattern STATEMENT =
            Pattern.compile("(?i)\\b(?:select|insert into|update|delete from|join)\\b");
    private static final Pattern COMMENT = Pattern.compile("(?m)--.*$");

    /** Their SQL is not for tables of ours: the job repository of the batch runtime has a {@code job_execution} as well. */
    private static final Set<String> OTHER_DATABASES = Set.of("batch.cluster.NodeTimer");

    /** They read or write tables whose names are parameters: tables of their own, or those that the tables' owners pass. A new one is to be looked at. */
    private static final Set<String> TABLES_BY_PARAMETER = Set.of(
            "admin.offboarding.ExportWriter",
            "billing.charging.RunQuery",
            "catalog.PlanValidation",
            "cloud.provider.catalog.CatalogSync",
            "cloud.reconciliation.discrepancy.DiscrepancyWorkflow",
            "documents.SettlementArchive",
            "tenancy.OutdatedDatabase");

    private final Map<String, String> owners = new HashMap<>();
    private final Set<String> views = new HashSet<>();
    private final Set<String> packages = new HashSet<>();
    private final Map<String, Set<String>> dependencies = new HashMap<>();
    private final Set<Access> accesses = new HashSet<>();
    private final Set<String> byParameter = new TreeSet<>();

    /** Somebody's use of a table or view. */
    private record Access(String reader, String file, String table, boolean isWrite) {
        @Override
        public String toString() {
            return file + " -> " + table;
        }
    }

    @Test
    void tablesAreWrittenByTheirOwnerOnly() {
        var foreign = new TreeMap<String, String>();
        accesses.stream()
                .filter(Access::isWrite)
                .filter(access -> !access.reader().equals(owner(access)))
                .forEach(access -> foreign.put(access.toString(), owner(access)));
        assertThat(foreign).isEmpty();
    }

    @Test
    void tablesAreReadFromAboveOrThroughViews() {
        var upwards = new TreeSet<String>();
        for (var access : accesses) {
            if (!access.isWrite() && !views.contains(access.table()) && isUpwards(access)) {
                upwards.add(access.toString());
            }
        }
        assertThat(upwards).isEmpty();
    }

    @Test
    void viewsAreReadByOtherPackages() {
        var unread = new TreeSet<>(views);
        accesses.stream()
                .filter(access -> !access.reader().equals(owner(access)))
                .forEach(access -> unread.remove(access.table()));
        assertThat(views).isNotEmpty().allMatch(view -> view.endsWith("_v"));
        assertThat(unread).isEmpty();
    }

    @Test
    void tablesNamedByParameterAreListed() {
        assertThat(byParameter).containsExactlyInAnyOrderElementsOf(TABLES_BY_PARAMETER);
    }

    @Test
    void findsTablesAndTheirUses() {
        assertThat(owners)
                .containsEntry("wallet", "billing.wallet")
                .containsEntry("work.charging_run", "billing.charging");
        assertThat(accesses)
                .hasSizeGreaterThan(500)
                .contains(
                        new Access("billing.wallet", "billing.wallet.Wallets", "wallet", true),
                        new Access("billing.charging", "function charge_due", "rated_period", true),
                        new Access("dunning", "dunning.DunningCases", "wallet", false));
    }

    TableOwnershipTest() {
        forEach("java", ".java", this::findDependencies);
        forEach("resources/db", ".sql", this::findTables);
        forEach("resources/db", ".sql", this::findUsesInSql);
        forEach("java", ".java", this::findUsesInJava);
    }

    private void findDependencies(Path file, String source) {
        var reader = capability(name(file));
        packages.add(reader);
        var targets = dependencies.computeIfAbsent(reader, key -> new HashSet<>());
        IMPORT.matcher(source).results().forEach(found -> targets.add(capability(found.group(1))));
    }

    private void findTables(Path file, String sql) {
        CREATED.matcher(sql).results().forEach(found -> {
            var name = (isWork(file) ? "work." : "") + found.group(2);
            var before = owners.put(name, ownerOf(file, sql));
            assertThat(before).as(name).isIn(null, ownerOf(file, sql));
            if (found.group(1).equals("view")) {
                views.add(name);
            }
        });
    }

    private void findUsesInSql(Path file, String sql) {
        var name = file.getFileName().toString().replace(".sql", "");
        var isFunction = parent(file).endsWith("functions");
        note(
                ownerOf(file, sql),
                isFunction ? "function " + name : "tables of " + ownerOf(file, sql),
                COMMENT.matcher(sql).replaceAll(""));
    }

    private void findUsesInJava(Path file, String source) {
        var name = name(file);
        if (!OTHER_DATABASES.contains(name)) {
            JavaTexts.of(source).forEach(text -> note(capability(name), name, text));
        }
    }

    private void note(String reader, String file, String sql) {
        for (var use : SqlTables.in(sql)) {
            // Of what is appended to a name it is not known whether it begins with a space.
            var plain =
                    use.table().replaceFirst("^platform\\.", "").replaceFirst("(?<=.)" + JavaTexts.UNKNOWN + "+$", "");
            var table = owners.containsKey("work." + plain) ? "work." + plain : plain;
            if (owners.containsKey(table)) {
                accesses.add(new Access(reader, file, table, use.isWrite()));
            } else if (plain.indexOf(JavaTexts.UNKNOWN) >= 0
                    && STATEMENT.matcher(sql).find()) {
                byParameter.add(file);
            }
        }
    }

    private String owner(Access access) {
        return owners.getOrDefault(access.table(), "");
    }

    /** Whether somebody reads a table of a package that must not be known to them, or that leads back to them. */
    private boolean isUpwards(Access access) {
        var owner = owner(access);
        if (owner.equals(access.reader())) {
            return false;
        }
        var order = DistrictsTest.ORDER;
        var above = order.indexOf(district(owner)) - order.indexOf(district(access.reader()));
        return above > 0 || (above == 0 && leads(owner, access.reader()));
    }

    /** Whether a package depends on another of its district, in Java or by a table that it reads, perhaps through others. */
    private boolean leads(String from, String to) {
        var seen = new HashSet<String>();
        var next = new ArrayDeque<String>(List.of(from));
        while (!next.isEmpty()) {
            var one = next.pop();
            if (district(one).equals(district(to)) && seen.add(one)) {
                next.addAll(dependencies.getOrDefault(one, Set.of()));
                accesses.stream()
                        .filter(access -> access.reader().equals(one) && !views.contains(access.table()))
                        .forEach(access -> next.add(owner(access)));
            }
        }
        return seen.contains(to);
    }

    /** The package that a file of a change log is named after: {@code <district>.<package>}, or a district that is a package. */
    private String ownerOf(Path file, String sql) {
        var change = CHANGE.matcher(sql);
        assertThat(change.find()).as(file.toString()).isTrue();
        var name = change.group(1);
        var folder = parent(file).endsWith("functions") ? parent(parent(file)) : parent(file);
        var district = folder.getFileName().toString();
        if (isWork(file)) {
            return packages.stream()
                    .filter(one -> one.equals(name) || one.endsWith("." + name))
                    .filter(one -> Set.of("kernel", "billing", "workqueue").contains(district(one)))
                    .findAny()
                    .orElseThrow(() -> new AssertionError(file + ": no package " + name));
        }
        return Stream.of(district + "." + name, name)
                .filter(packages::contains)
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + ": no package " + district + "." + name));
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), file::toString);
    }

    private static boolean isWork(Path file) {
        return parent(file).endsWith("db/work");
    }

    private static String district(String capability) {
        return capability.replaceFirst("\\..*", "");
    }

    /** The district and the capability of a class; packages below are parts of it. */
    private static String capability(String name) {
        return name.replaceFirst("\\.[A-Z].*", "")
                .replaceFirst("\\.package-info$", "")
                .replaceFirst("^(\\w+\\.\\w+)\\..*", "$1");
    }

    /** The class of a source, below io.tenantry. */
    private static String name(Path file) {
        return file.toString()
                .replaceFirst(".*[/\\\\]java[/\\\\]io[/\\\\]tenantry[/\\\\]", "")
                .replaceFirst("[.]java$", "")
                .replace('\\', '/')
                .replace('/', '.');
    }

    private static void forEach(String folder, String ending, BiConsumer<Path, String> work) {
        for (var module : MODULES) {
            var root = ROOT.resolve(module).resolve("src/main").resolve(folder);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(file -> file.toString().endsWith(ending))
                            .sorted()
                            .forEach(file -> work.accept(file, read(file)));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
