-- Run by `pandoc lua`: a request on standard input, what pandoc's citation engine printed on standard output, both JSON.
--
-- Request: {styles: {name: {file, locale}}, sources: {key: {file, locators, suffixes}}, other: id}. A source's file is its
--          CSL-JSON with that of the other work; a suffix is a locator as pandoc reads it.
-- Answer:  {style: {key: {citation: {locator: document}, short: …, ibid: …, bibliography: document}}}, documents as text of
--          pandoc's own JSON.
local request = pandoc.json.decode(io.read("a"), false)

local function cite(id, suffix)
  local words = suffix ~= "" and { pandoc.Str(suffix) } or {}
  return pandoc.Para({ pandoc.Cite({ pandoc.Str("?") }, { pandoc.Citation(id, "NormalCitation", {}, words) }) })
end

local function write_json(blocks)
  return pandoc.write(pandoc.Pandoc(blocks), "json")
end

local answer = {}
for name, style in pairs(request.styles) do
  answer[name] = {}
  for key, source in pairs(request.sources) do
    local forms = { citation = {}, short = {}, ibid = {} }
    for number, locator in ipairs(source.locators) do
      local passage = cite(key, source.suffixes[number])
      -- The passage for the first time; later; and right after the source as a whole.
      local notes = { passage, cite(request.other, ""), passage, cite(request.other, ""), cite(key, ""), passage }
      local meta = pandoc.Meta({ csl = style.file, bibliography = source.file, lang = style.locale })
      local made = pandoc.utils.citeproc(pandoc.Pandoc(notes, meta)).blocks
      forms.citation[locator] = write_json({ made[1] })
      forms.short[locator] = write_json({ made[3] })
      forms.ibid[locator] = write_json({ made[6] })
    end
    local meta = pandoc.Meta({ csl = style.file, bibliography = source.file, lang = style.locale })
    local made = pandoc.utils.citeproc(pandoc.Pandoc({ cite(key, "") }, meta)).blocks
    forms.bibliography = write_json({ table.unpack(made, 2) })
    answer[name][key] = forms
  end
end
io.write(pandoc.json.encode(answer))
