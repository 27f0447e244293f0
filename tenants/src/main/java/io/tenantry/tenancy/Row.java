package io.tenantry.tenancy;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a query, read by column name. Methods named {@code maybe...} allow null; the others do not. */
public final class Row {
    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    public UUID uuid(String column) {
        return require(column, get(column, UUID.class));
    }

    public Optional<UUID> maybeUuid(String column) {
        return Optional.ofNullable(get(column, UUID.class));
    }

    public String text(String column) {
        return require(column, get(column, String.class));
    }

    public Optional<String> maybeText(String column) {
        return Optional.ofNullable(get(column, String.class));
    }

    public Instant instant(String column) {
        return require(column, get(column, OffsetDateTime.class)).toInstant();
    }

    public Optional<Instant> maybeInstant(String column) {
        return Optional.ofNullable(get(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    public LocalDate date(String column) {
        return require(column, get(column, LocalDate.class));
    }

    public Optional<LocalDate> maybeDate(String column) {
        return Optional.ofNullable(get(column, LocalDate.class));
    }

    public BigDecimal decimal(String column) {
        return require(column, get(column, BigDecimal.class));
    }

    public Optional<BigDecimal> maybeDecimal(String column) {
        return Optional.ofNullable(get(column, BigDecimal.class));
    }

    public int whole(String column) {
        return require(column, get(column, Integer.class));
    }

    public Optional<Integer> maybeWhole(String column) {
        return Optional.ofNullable(get(column, Integer.class));
    }

    public long big(String column) {
        return require(column, get(column, Long.class));
    }

    public Optional<Long> maybeBig(String column) {
        return Optional.ofNullable(get(column, Long.class));
    }

    public boolean flag(String column) {
        return require(column, get(column, Boolean.class));
    }

    public Optional<Boolean> maybeFlag(String column) {
        return Optional.ofNullable(get(column, Boolean.class));
    }

    public byte[] bytes(String column) {
        try {
            return require(column, results.getBytes(column));
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        }
    }

    public Optional<byte[]> maybeBytes(String column) {
        try {
            return Optional.ofNullable(results.getBytes(column));
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        }
    }

    public List<String> texts(String column) {
        try {
            Array array = require(column, results.getArray(column));
            return Arrays.stream((Object[]) array.getArray())
                    .map(String::valueOf)
                    .toList();
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        }
    }

    private <T> @Nullable T get(String column, Class<T> type) {
        try {
            return results.getObject(column, type);
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        }
    }

    private static <T> T require(String column, @Nullable T value) {
        return Objects.requireNonNull(value, () -> "column " + column + " is null");
    }
}
