package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Short direction codes in a column, such as E and A. A letter's meaning depends on the other code in the column: with E, A is outgoing; with D, in
 * Italy, it is incoming.
 */
final class DirectionCodes {
    /** Codes that form a pair, incoming first. */
    private static final List<List<String>> PAIRS = List.of(
            List.of("h", "s"),
            List.of("e", "a"),
            List.of("z", "a"),
            List.of("b", "a"),
            List.of("c", "d"),
            List.of("k", "d"),
            List.of("h", "d"),
            List.of("a", "d"),
            List.of("d", "w"),
            List.of("e", "s"),
            List.of("g", "l"),
            List.of("g", "b"),
            List.of("i", "o"),
            List.of("ma", "wn"));
    /** Pairs that are ambiguous even together: each code is used for both directions in some country. */
    private static final List<List<String>> UNCERTAIN = List.of(List.of("a", "c"));

    private static final Set<String> IN = DoubtfulTerms.words(
            "zug,zugg,zu,eing,eingg,gut,guts,gs,gutschr,crdt,cred,ent,entr,abo,bon,rec,dep,bgc,fpi,topup,topped up,avere,ma,uznania,kredit,kred");
    private static final Set<String> OUT = DoubtfulTerms.words(
            "abg,abgg,ab,ausg,ausgg,bel,belast,ls,lastschr,dbit,deb,debet,sal,car,carg,wd,wdl,wth,atm,fpo,dd,dda,so,chq,chk,pos,wn,obciazenia,debet");
    private static final int LETTERS_MAX = 5;
    private static final int FEW = 6;

    private final Map<String, Direction> known;

    private DirectionCodes(Map<String, Direction> known) {
        this.known = known;
    }

    /** Determines the meaning of the codes of a column, as far as possible. */
    static DirectionCodes of(List<String> cells) {
        var folded = cells.stream()
                .map(DirectionCodes::folded)
                .filter(code -> !code.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        var pairs = UNCERTAIN.stream().anyMatch(folded::containsAll)
                ? List.<List<String>>of()
                : PAIRS.stream().filter(pair -> pair.containsAll(folded)).toList();
        return new DirectionCodes(folded.stream()
                .flatMap(code -> direction(code, folded, pairs).stream().map(way -> Map.entry(code, way)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Optional<Direction> direction(String code, Set<String> all, List<List<String>> pairs) {
        var ways = pairs.stream()
                .map(pair -> pair.indexOf(code) == 0 ? Direction.IN : Direction.OUT)
                .distinct()
                .toList();
        if (ways.size() == 1) {
            return Optional.of(ways.get(0));
        }
        if (Character.isLetter(code.charAt(0)) && code.length() == 1) {
            var isOfWords = all.stream()
                    .allMatch(other ->
                            other.length() > 1 || DirectionVocabulary.of(other).isPresent());
            return isOfWords ? DirectionVocabulary.of(code) : Optional.empty();
        }
        if (IN.contains(code)) {
            return Optional.of(Direction.IN);
        }
        return OUT.contains(code) ? Optional.of(Direction.OUT) : DirectionVocabulary.of(code);
    }

    /** Returns the direction that a cell denotes. */
    Optional<Direction> direction(String cell) {
        return Optional.ofNullable(known.get(folded(cell)));
    }

    /** Whether the cells of a column are a few short codes, rather than names, numbers or text. */
    static boolean areCodes(List<String> cells) {
        var filled = cells.stream().filter(cell -> !cell.isEmpty()).toList();
        var codes = filled.stream().map(DirectionCodes::folded).collect(Collectors.toCollection(TreeSet::new));
        if (filled.isEmpty() || codes.size() > FEW) {
            return false;
        }
        var isRepeated = codes.size() < filled.size();
        if (codes.stream().allMatch(code -> code.matches("[0-9]"))) {
            return isRepeated && codes.size() == 2;
        }
        var isSome = isRepeated || codes.stream().anyMatch(DirectionCodes::isKnown);
        return codes.stream()
                .allMatch(code -> isKnown(code)
                        || (code.length() <= 2 && code.chars().noneMatch(Character::isDigit))
                        || (isSome
                                && code.length() <= LETTERS_MAX
                                && code.chars().allMatch(Character::isLetter)));
    }

    private static boolean isKnown(String code) {
        return IN.contains(code)
                || OUT.contains(code)
                || DirectionVocabulary.of(code).isPresent();
    }

    private static String folded(String cell) {
        var plain = cell.strip();
        if (plain.equals("+")) {
            return plain;
        }
        return plain.length() == 1 && Amounts.isMinus(plain.charAt(0)) ? "-" : DoubtfulTerms.fold(plain);
    }
}
