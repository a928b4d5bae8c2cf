# Completion of rights in bash: eval "$(rights --completion bash)" in ~/.bashrc.
_rights() {
    local current cut='' word
    local -a words
    # The line as it was typed, since bash takes hrw-2020:13 for three words; the x keeps the last one if it is empty.
    IFS=$' \t' read -r -a words <<< "${COMP_LINE:0:COMP_POINT}x"
    current=${words[${#words[@]}-1]%x}
    words[${#words[@]}-1]=$current
    COMPREPLY=()
    # Only what stands behind the last : = or @ is replaced.
    if [[ $current == *[:=@]* ]]; then cut=${current%"${current##*[:=@]}"}; fi
    while IFS=$'\t' read -r word _; do
        if [[ $word == :files ]]; then
            compopt -o default 2> /dev/null
        else
            word=${word#"$cut"}
            printf -v word %q "$word"
            COMPREPLY+=("$word")
        fi
    done < <(_RIGHTS_COMPLETE=bash "$1" "${words[@]:1}" 2> /dev/null)
}
complete -F _rights rights rightscli
