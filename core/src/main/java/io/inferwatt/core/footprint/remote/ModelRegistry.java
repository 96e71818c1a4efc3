package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.footprint.remote.Entries.Entry;
import io.inferwatt.core.input.Bounded;
import io.inferwatt.core.input.FewLines;
import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the size of a model by its name: in the user's file, through the user's aliases, in the built-in tables, and in the name
 * itself; else not at all. Immutable.
 */
final class ModelRegistry {

    private static final String FILE_KEY = "remote.models";
    private static final String ALIASES_KEY = "remote.aliases";
    private static final int MAX_FILE_BYTES = 4 << 20;

    /** So many wrong lines of a file are told one by one. */
    private static final int MOST_LINES = 20;

    private final ModelTable own;
    private final Map<String, String> modelsByAlias;
    private final ModelTable builtIn;

    private ModelRegistry(ModelTable own, Map<String, String> modelsByAlias, ModelTable builtIn) {
        this.own = own;
        this.modelsByAlias = Map.copyOf(modelsByAlias);
        this.builtIn = builtIn;
    }

    /** Reads all tables; what is wrong with the user's becomes lines in {@code problems}. */
    static ModelRegistry read(Optional<Path> file, String aliases, List<String> problems) {
        List<ModelSize> rows = file.isPresent() ? rowsOf(file.get(), problems) : List.of();
        ModelTable builtIn = ModelTable.embedded();
        FewLines ofAliases = FewLines.ofEntries(ALIASES_KEY, problems);
        ModelRegistry registry = new ModelRegistry(new ModelTable(rows), aliasesOf(aliases, ofAliases), builtIn);
        registry.modelsByAlias.forEach((alias, model) -> {
            if (registry.find(model) == null) {
                ofAliases.add(ALIASES_KEY + ": the size of '" + Entries.shown(model)
                        + "' is not known; allowed: names that are in the built-in tables or in " + FILE_KEY
                        + "; calls of '" + Entries.shown(alias) + "' are counted without a figure");
            }
        });
        ofAliases.end();
        return registry;
    }

    ModelTable builtIn() {
        return builtIn;
    }

    ModelTable own() {
        return own;
    }

    /** Returns the size of a model as somebody calls it, null if nothing tells it. */
    @Nullable
    ModelSize find(String written) {
        List<String> candidates = ModelName.candidates(written);
        String verbatim = Bounded.lowerCase(written, ModelName.MAX_LENGTH);
        ModelSize size = own.find(verbatim);
        if (size == null) {
            size = ownOf(candidates);
        }
        if (size != null) {
            return size;
        }
        String model = aliased(verbatim, candidates);
        if (model != null) {
            List<String> names = ModelName.candidates(model);
            ModelSize ownOfAlias = ownOf(names);
            return ownOfAlias == null ? builtInOf(model, names) : ownOfAlias;
        }
        return builtInOf(written, candidates);
    }

    private @Nullable ModelSize ownOf(List<String> candidates) {
        for (String name : candidates) {
            ModelSize size = own.find(name);
            if (size != null) {
                return size;
            }
        }
        return null;
    }

    private @Nullable String aliased(String verbatim, List<String> candidates) {
        String model = modelsByAlias.get(verbatim);
        for (int i = 0; model == null && i < candidates.size(); i++) {
            model = modelsByAlias.get(candidates.get(i));
        }
        return model;
    }

    /** A dated name that the tables do not have is the undated one, or one with another date if all of those are alike. */
    private @Nullable ModelSize builtInOf(String written, List<String> candidates) {
        for (String name : candidates) {
            ModelSize size = builtIn.find(name);
            if (size == null) {
                size = builtIn.findUndated(name);
            }
            if (size != null) {
                return served(size, written);
            }
        }
        return StatedSize.of(candidates.get(0));
    }

    /** The name that is asked for may say more of the precision than the row: {@code llama-3.1-8b-instruct-fp8}. */
    private static ModelSize served(ModelSize size, String written) {
        Precision told = Precision.ofName(
                written.length() > ModelName.MAX_LENGTH ? "" : written.strip().toLowerCase(Locale.ROOT));
        return size.precision() == Precision.BITS_16 && told != Precision.BITS_16 ? size.with(told) : size;
    }

    private static Map<String, String> aliasesOf(String text, FewLines problems) {
        Map<String, String> models = new HashMap<>();
        for (Entry entry : Entries.read(ALIASES_KEY, text, "entries name=model, separated by semicolons", problems)) {
            models.put(Bounded.lowerCase(entry.name(), ModelName.MAX_LENGTH), entry.value());
        }
        return models;
    }

    private static List<ModelSize> rowsOf(Path file, List<String> problems) {
        String where = FILE_KEY + ": '" + Entries.shown(file.toString()) + "' ";
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
                problems.add(
                        where + "is not a file of at most 4 MiB; allowed: a table in UTF-8 as docs/remote-models.md "
                                + "describes; the built-in tables alone are used");
                return List.of();
            }
            List<String> lines = new ArrayList<>();
            List<ModelSize> rows = CsvTable.read(
                    new StringReader(SmallFile.text(file, MAX_FILE_BYTES)), ModelTable.HEADER, ModelTable::row, lines);
            for (int i = 0; i < Math.min(MOST_LINES, lines.size()); i++) {
                problems.add(where + lines.get(i) + "; it is ignored");
            }
            if (lines.size() > MOST_LINES) {
                problems.add(where + (lines.size() - MOST_LINES) + " further lines are not understood and ignored");
            }
            return rows;
        } catch (IOException | SecurityException e) {
            problems.add(where + "cannot be read as UTF-8; the built-in tables alone are used");
            return List.of();
        }
    }
}
