package org.sharaka.matching;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Entries of a list with the keys under which their names are found. Immutable once built. Names stand as text in one array and, in a small
 * segment, prepared as well; words once each, with the names that have them.
 */
final class Segment {
    /** Names up to which prepared ones are kept; above, the few that are compared are prepared again. */
    private static final int PREPARED_MAX = 200_000;

    /** Least consonants of two words joined for the pair to be a key. */
    private static final int JOINED_MIN = 4;

    private static final int NAMES_MAX = 16;
    private static final long[] NO_KEYS = {};
    private static final int[] NO_WORDS = {};

    private static final int SKELETON = 1;
    private static final int NEAR_SKELETON = 2;
    private static final int GIVEN = 3;
    private static final int MEANING = 4;
    private static final int JOINED = 5;
    private static final int INITIALS = 6;
    private static final int BEGINNING = 7;
    private static final int END = 8;

    /** Letters of a word from which on its halves are keys. */
    private static final int HALVED_MIN = 4;

    private final TextColumn ids;
    private final TextColumn names;
    private final IntColumn firstName;
    private final IntColumn nameEntity;
    private final byte[] schemas;
    private final IntColumn birthEnds;
    private final IntColumn births;
    private final IntColumn countryEnds;
    private final IntColumn countries;
    private final IntColumn keyEnds;
    private final TextColumn keys;
    private final byte[] nameWords;
    private final Vocabulary vocabulary;
    private final int[] wordStarts;
    private final int[] wordNames;
    private final LongPostings words;
    private final LongPostings halves;
    private final LongPostings texts;
    private final LongPostings nameKeys;
    private final LongPostings exact;
    private final LongPostings idIndex;
    private final PreparedName @org.jspecify.annotations.Nullable [] prepared;

    private Segment(Builder builder) {
        ids = builder.ids;
        names = builder.names;
        firstName = builder.firstName;
        nameEntity = builder.nameEntity;
        schemas = java.util.Arrays.copyOf(builder.schemas, ids.size());
        birthEnds = builder.birthEnds;
        births = builder.births;
        countryEnds = builder.countryEnds;
        countries = builder.countries;
        keyEnds = builder.keyEnds;
        keys = builder.keys;
        nameWords = java.util.Arrays.copyOf(builder.nameWords, names.size());
        vocabulary = builder.vocabulary.build();
        wordStarts = new int[vocabulary.size() + 1];
        IntColumn wordOfName = builder.wordOfName;
        for (int i = 0; i < wordOfName.size(); i++) wordStarts[wordOfName.get(i) + 1]++;
        for (int i = 0; i < vocabulary.size(); i++) wordStarts[i + 1] += wordStarts[i];
        wordNames = new int[wordOfName.size()];
        int[] next = wordStarts.clone();
        for (int name = 0, i = 0; name < names.size(); name++) {
            while (i < builder.wordEnds.get(name)) wordNames[next[wordOfName.get(i++)]++] = name;
        }
        words = wordKeys();
        halves = halfKeys();
        LongPostings.Builder byText = new LongPostings.Builder();
        for (int word = 0; word < vocabulary.size(); word++) byText.add(Hashes.of(vocabulary.text(word)), word);
        texts = byText.build();
        nameKeys = builder.nameKeys.build();
        exact = builder.exact.build();
        idIndex = builder.idIndex.build();
        prepared = builder.prepared == null ? null : builder.prepared.toArray(PreparedName[]::new);
        ids.trim();
        names.trim();
        keys.trim();
        for (IntColumn column : List.of(firstName, nameEntity, birthEnds, births, countryEnds, countries, keyEnds))
            column.trim();
    }

    /** Keys of words: the more common word first, since a list is read from its start. */
    private LongPostings wordKeys() {
        long[] order = new long[vocabulary.size()];
        for (int word = 0; word < order.length; word++)
            order[word] = ((long) (Integer.MAX_VALUE - frequency(word)) << 32) | word;
        java.util.Arrays.sort(order);
        LongPostings.Builder found = new LongPostings.Builder();
        for (int rank = 0; rank < order.length; rank++) {
            for (long key : keysOf(vocabulary.word((int) order[rank]))) found.add(key, rank);
        }
        return found.build(rank -> (int) order[rank]);
    }

    private LongPostings halfKeys() {
        LongPostings.Builder found = new LongPostings.Builder();
        for (int word = 0; word < vocabulary.size(); word++) {
            Token token = vocabulary.word(word);
            if (!halved(token)) continue;
            found.add(beginning(token.text, token.text.length()), word);
            found.add(end(token.text, token.text.length()), word);
        }
        return found.build();
    }

    private static boolean halved(Token token) {
        return token.value < 0 && token.text.length() >= HALVED_MIN;
    }

    /** The first half of a word of that length. */
    private static long beginning(String text, int length) {
        return Hashes.of(BEGINNING, Hashes.of(text, 0, length / 2) * 64 + length);
    }

    private static long end(String text, int length) {
        return Hashes.of(END, Hashes.of(text, text.length() - (length - length / 2), text.length()) * 64 + length);
    }

    /**
     * Keys under which words with one letter more, less or other stand: whatever the one slip, a half of the word in the list is as it
     * was.
     */
    static long[] halfKeysFor(Token token) {
        String text = token.text;
        if (token.value >= 0 || text.length() < HALVED_MIN - 1) return NO_KEYS;
        int shortest = Math.max(HALVED_MIN, text.length() - 1);
        long[] keys = new long[2 * (text.length() + 2 - shortest)];
        int size = 0;
        for (int length = shortest; length <= text.length() + 1; length++) {
            keys[size++] = beginning(text, length);
            keys[size++] = end(text, length);
        }
        return keys;
    }

    /** Keys under which a word is found, the surest first. */
    static long[] keysOf(Token token) {
        if (token.value >= 0) return new long[] {Hashes.of(MEANING, token.value * 16L + token.role.code())};
        Keys keys = new Keys();
        int[] given = token.given;
        long[] skeletons = Skeleton.variants(token);
        for (long skeleton : skeletons) keys.add(Hashes.of(SKELETON, skeleton));
        if (given != null) for (int group : given) keys.add(Hashes.of(GIVEN, group));
        for (long skeleton : skeletons) {
            int length = Skeleton.length(skeleton);
            if (length < 3) continue;
            keys.add(Hashes.of(NEAR_SKELETON, skeleton));
            for (int i = 0; i < length; i++) keys.add(Hashes.of(NEAR_SKELETON, Skeleton.without(skeleton, i)));
        }
        return keys.toArray();
    }

    /** Keys of a whole name: each two words joined, all joined, initials of an organisation. */
    static long[] nameKeysOf(PreparedName name) {
        Keys keys = new Keys();
        Token[] tokens = name.tokens;
        if (tokens.length > 1) {
            for (Token pair : name.pairs()) joined(pair, keys);
            if (tokens.length > 2) joined(name.whole(), keys);
        }
        if (name.initials.length() >= 3) keys.add(Hashes.of(INITIALS, Hashes.of(name.initials)));
        return keys.toArray();
    }

    private static void joined(Token token, Keys keys) {
        long skeleton = Skeleton.variants(token)[0];
        if (Skeleton.length(skeleton) >= JOINED_MIN) keys.add(Hashes.of(JOINED, skeleton));
    }

    /** Keys of whole names that one asked word may stand for. */
    static long[] nameKeysFor(Token token) {
        Keys keys = new Keys();
        for (long skeleton : Skeleton.variants(token)) {
            if (Skeleton.length(skeleton) >= JOINED_MIN) keys.add(Hashes.of(JOINED, skeleton));
        }
        if (token.text.length() >= 3 && token.text.length() <= 8) keys.add(Hashes.of(INITIALS, Hashes.of(token.text)));
        return keys.toArray();
    }

    int entities() {
        return ids.size();
    }

    int names() {
        return names.size();
    }

    LongPostings words() {
        return words;
    }

    /** Words by their halves: see {@link #halfKeysFor}. */
    LongPostings halves() {
        return halves;
    }

    LongPostings nameKeys() {
        return nameKeys;
    }

    Token word(int word) {
        return vocabulary.word(word);
    }

    WordShapes shapes() {
        return vocabulary.shapes();
    }

    /** Words written just so, however they are read. */
    int[] wordsWritten(String text) {
        int list = texts.find(Hashes.of(text));
        if (list < 0) return NO_WORDS;
        int[] found = new int[texts.to(list) - texts.from(list)];
        int size = 0;
        for (int at = texts.from(list); at < texts.to(list); at++) {
            if (vocabulary.is(texts.value(at), text)) found[size++] = texts.value(at);
        }
        return size == found.length ? found : java.util.Arrays.copyOf(found, size);
    }

    /** Names that have the word. */
    int frequency(int word) {
        return wordStarts[word + 1] - wordStarts[word];
    }

    /** Names that have the word, however it is read; 0 when none has. */
    int frequencyOf(String text) {
        int list = texts.find(Hashes.of(text));
        int sum = 0;
        if (list >= 0) for (int at = texts.from(list); at < texts.to(list); at++) sum += frequency(texts.value(at));
        return sum;
    }

    int namesFrom(int word) {
        return wordStarts[word];
    }

    int nameAt(int at) {
        return wordNames[at];
    }

    /** Whether the name has the word; the names of a word stand in order. */
    boolean has(int word, int name) {
        return java.util.Arrays.binarySearch(wordNames, wordStarts[word], wordStarts[word + 1], name) >= 0;
    }

    int entityOf(int name) {
        return nameEntity.get(name);
    }

    int wordsOf(int name) {
        return nameWords[name];
    }

    PreparedName prepared(int name) {
        return prepared != null ? prepared[name] : PreparedName.of(schema(nameEntity.get(name)), names.get(name));
    }

    String id(int entity) {
        return ids.get(entity);
    }

    Schema schema(int entity) {
        return Schema.numbered(schemas[entity]);
    }

    /** Entities with the number, whoever issued it; a hash may bring a stranger, so the caller compares. */
    List<Integer> withKey(ExactKey key) {
        List<Integer> found = new ArrayList<>();
        int list = exact.find(hash(key));
        if (list < 0) return found;
        for (int at = exact.from(list); at < exact.to(list) && found.size() < 64; at++) found.add(exact.value(at));
        return found;
    }

    private static long hash(ExactKey key) {
        return Hashes.of(key.kind().name() + ":" + key.value());
    }

    /** The entity of that id, the last of several; -1 for none. */
    int find(String id) {
        int list = idIndex.find(Hashes.of(id));
        if (list < 0) return -1;
        for (int at = idIndex.to(list) - 1; at >= idIndex.from(list); at--) {
            if (ids.get(idIndex.value(at)).equals(id)) return idIndex.value(at);
        }
        return -1;
    }

    /** Entities of whose id there is a later one. */
    Set<Integer> superseded() {
        Set<Integer> found = new LinkedHashSet<>();
        for (int list = 0; list < idIndex.size(); list++) {
            for (int at = idIndex.from(list); at + 1 < idIndex.to(list); at++) {
                String id = ids.get(idIndex.value(at));
                for (int later = at + 1; later < idIndex.to(list); later++) {
                    if (ids.get(idIndex.value(later)).equals(id)) found.add(idIndex.value(at));
                }
            }
        }
        return Set.copyOf(found);
    }

    Entry entry(int entity) {
        List<String> entityNames = new ArrayList<>();
        int end = entity + 1 < firstName.size() ? firstName.get(entity + 1) : names.size();
        for (int name = firstName.get(entity); name < end; name++) entityNames.add(names.get(name));
        return new Entry(
                id(entity),
                new Particulars(schema(entity), entityNames, births(entity), countries(entity), keys(entity)));
    }

    /** The first names of an entity, as many as are worth comparing. */
    Set<Integer> namesOf(int entity) {
        Set<Integer> found = new LinkedHashSet<>();
        int end = entity + 1 < firstName.size() ? firstName.get(entity + 1) : names.size();
        for (int name = firstName.get(entity); name < end && found.size() < NAMES_MAX; name++) found.add(name);
        return found;
    }

    /** All but the names. */
    Particulars facts(int entity) {
        return new Particulars(schema(entity), List.of(), births(entity), countries(entity), keys(entity));
    }

    private List<PartialDate> births(int entity) {
        List<PartialDate> found = new ArrayList<>();
        for (int at = start(birthEnds, entity); at < birthEnds.get(entity); at++) {
            int years = births.get(2 * at);
            int rest = births.get(2 * at + 1);
            found.add(new PartialDate(years >>> 16, years & 0xFFFF, (rest >>> 8) & 15, rest & 31, (rest >>> 12) == 1));
        }
        return found;
    }

    private Set<String> countries(int entity) {
        Set<String> found = new LinkedHashSet<>();
        for (int at = start(countryEnds, entity); at < countryEnds.get(entity); at++) {
            int code = countries.get(at);
            found.add("" + (char) (code >>> 8) + (char) (code & 255));
        }
        return found;
    }

    private Set<ExactKey> keys(int entity) {
        Set<ExactKey> found = new LinkedHashSet<>();
        for (int at = start(keyEnds, entity); at < keyEnds.get(entity); at++) {
            String[] fields = keys.get(at).split(":", 3);
            found.add(new ExactKey(ExactKey.Kind.valueOf(fields[0]), fields[2], fields[1]));
        }
        return found;
    }

    private static int start(IntColumn ends, int entity) {
        return entity == 0 ? 0 : ends.get(entity - 1);
    }

    /** Bytes of the arrays; a prepared name is reckoned at 150. */
    long sizeBytes() {
        long bytes = ids.sizeBytes() + names.sizeBytes() + keys.sizeBytes() + schemas.length + nameWords.length;
        for (IntColumn column : List.of(firstName, nameEntity, birthEnds, births, countryEnds, countries, keyEnds)) {
            bytes += column.sizeBytes();
        }
        bytes += 4L * (wordStarts.length + wordNames.length) + vocabulary.sizeBytes();
        bytes +=
                words.sizeBytes() + halves.sizeBytes() + nameKeys.sizeBytes() + exact.sizeBytes() + idIndex.sizeBytes();
        return bytes + (prepared == null ? 0 : 150L * prepared.length);
    }

    /** Takes entries one by one. */
    static final class Builder {
        private final TextColumn ids = new TextColumn();
        private final TextColumn names = new TextColumn();
        private final IntColumn firstName = new IntColumn();
        private final IntColumn nameEntity = new IntColumn();
        private byte[] schemas = new byte[256];
        private final IntColumn birthEnds = new IntColumn();
        private final IntColumn births = new IntColumn();
        private final IntColumn countryEnds = new IntColumn();
        private final IntColumn countries = new IntColumn();
        private final IntColumn keyEnds = new IntColumn();
        private final TextColumn keys = new TextColumn();
        private byte[] nameWords = new byte[256];
        private final Vocabulary.Builder vocabulary = new Vocabulary.Builder();
        private final IntColumn wordOfName = new IntColumn();
        private final IntColumn wordEnds = new IntColumn();
        private final LongPostings.Builder nameKeys = new LongPostings.Builder();
        private final LongPostings.Builder exact = new LongPostings.Builder();
        private final LongPostings.Builder idIndex = new LongPostings.Builder();
        private @org.jspecify.annotations.Nullable List<PreparedName> prepared = new ArrayList<>();

        void add(Entry entry) {
            Particulars particulars = entry.particulars();
            int entity = ids.size();
            ids.add(entry.id());
            idIndex.add(Hashes.of(entry.id()), entity);
            if (entity == schemas.length) schemas = java.util.Arrays.copyOf(schemas, entity + (entity >> 1));
            schemas[entity] = (byte) particulars.schema().number();
            firstName.add(names.size());
            for (String name : new LinkedHashSet<>(particulars.names()))
                add(entity, PreparedName.of(particulars.schema(), name));
            for (PartialDate birth : particulars.births()) {
                births.add((birth.yearFrom() << 16) | birth.yearTo());
                births.add((birth.circa() ? 1 << 12 : 0) | (birth.month() << 8) | birth.day());
            }
            birthEnds.add(births.size() / 2);
            for (String country : particulars.countries()) {
                if (country.length() == 2) countries.add((country.charAt(0) << 8) | country.charAt(1));
            }
            countryEnds.add(countries.size());
            for (ExactKey key : particulars.keys()) {
                keys.add(key.kind() + ":" + key.country() + ":" + key.value());
                exact.add(hash(key), entity);
            }
            keyEnds.add(keys.size());
        }

        private void add(int entity, PreparedName name) {
            int number = names.size();
            names.add(name.raw());
            nameEntity.add(entity);
            if (number == nameWords.length) nameWords = java.util.Arrays.copyOf(nameWords, number + (number >> 1));
            nameWords[number] = (byte) name.tokens.length;
            if (prepared != null) {
                if (number >= PREPARED_MAX) pack();
                else prepared.add(name);
            }
            int from = wordOfName.size();
            for (Token token : name.tokens) {
                if (token.role == Token.Role.INITIAL) continue;
                int word = vocabulary.number(token.plain());
                if (!wordOfName.has(word, from)) wordOfName.add(word);
            }
            wordEnds.add(wordOfName.size());
            for (long key : nameKeysOf(name)) nameKeys.add(key, number);
        }

        /** So many are kept as bytes alone. */
        private void pack() {
            prepared = null;
            vocabulary.pack();
        }

        Segment build() {
            return new Segment(this);
        }
    }
}
