#compdef rights rightscli
# Completion of rights in zsh: rights --completion zsh > ~/.zfunc/_rights, with fpath+=~/.zfunc before compinit in ~/.zshrc.
_rights() {
    local -a lines offered
    local line word note
    lines=("${(@f)$(_RIGHTS_COMPLETE=zsh "${(@Q)words[1]}" "${(@Q)words[2,CURRENT]}" 2> /dev/null)}")
    for line in $lines; do
        word=${line%%$'\t'*} note=${line#*$'\t'}
        if [[ $word == :files ]]; then
            _files
            return
        fi
        offered+=("${word//:/\\:}:$note")
    done
    _describe rights offered
}
if [[ ${funcstack[1]} == _rights ]]; then
    _rights "$@"
else
    compdef _rights rights rightscli
fi
